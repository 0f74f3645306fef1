import { caseOf } from '../case/case.event.js';
import type { Grab } from '../grab/grab.entity.js';
import type { Need } from '../need/need.entity.js';
import type { CasePause } from './case-pause.entity.js';

/** What the event of a pause, or of its end, says: the deadlines are those that hold from now on. */
export const clockData = (need: Pick<Need, 'id' | 'uscc'>, grab: Grab, pause: CasePause) => ({
  ...caseOf(need, grab),
  pauseId: pause.id,
  change: pause.endedAt === null ? ('PAUSED' as const) : ('RESUMED' as const),
  reason: pause.reason,
  side: pause.side,
  pausedTo: pause.toDay,
  contactBy: grab.contactBy.toISOString(),
  evidenceBy: grab.evidenceBy.toISOString(),
  decideBy: grab.decideBy.toISOString(),
});
