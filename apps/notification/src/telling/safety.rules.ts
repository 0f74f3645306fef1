import type { flagRaised, institutionsScored, safetyNoted } from '@app/contracts';

import { type Heard, tell, type Told } from './told.rules.js';

export const ofSafetyNote = (event: Heard<typeof safetyNoted>): Told[] => [
  tell(event, 'safety.noted', event.data.noteId, { adminsOf: event.data.institutionId }, { equal: event.data.what }),
];

export const ofFlag = (event: Heard<typeof flagRaised>): Told[] => [
  tell(event, 'flag.raised', event.data.flagId, { operators: true }, { flag: event.data.kind }),
];

export const ofScores = (event: Heard<typeof institutionsScored>): Told[] => [
  tell(event, 'quality.published', event.data.month, { members: true }),
];
