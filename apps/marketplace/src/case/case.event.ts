import type { Grab } from '../grab/grab.entity.js';
import type { Need } from '../need/need.entity.js';

/** What every event about the work on a case begins with. */
export const caseOf = (need: Pick<Need, 'id' | 'uscc'>, grab: Grab) => ({
  needId: need.id,
  grabId: grab.id,
  uscc: need.uscc,
  institutionId: grab.institutionId,
  institutionCode: grab.institutionCode,
  managerId: grab.managerId,
});
