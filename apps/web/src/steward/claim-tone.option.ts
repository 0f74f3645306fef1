import type { Tone } from '../parts/status-tag.part.js';
import type { Claim } from './claim.query.js';

export const claimTones: Record<Claim['state'], Tone> = { WAITING: 'warn', LINKED: 'good', NOBODY: 'still' };
