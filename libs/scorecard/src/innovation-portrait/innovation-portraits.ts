import type { Day } from '@app/kernel';

import type { ScorecardModel } from '../scorecard-model.js';
import { innovationPortrait2026a } from './portrait-2026a.js';

/** Every version that ever scored an enterprise, oldest first: none leaves, or its scores could not be replayed. */
export const innovationPortraits: readonly ScorecardModel[] = [innovationPortrait2026a];

/** The version for new scores on a day: the newest that is in force, or the oldest for days before all of them. */
export function portraitModel(on: Day): ScorecardModel {
  return innovationPortraits.findLast(({ effectiveFrom }) => effectiveFrom <= on) ?? innovationPortrait2026a;
}
