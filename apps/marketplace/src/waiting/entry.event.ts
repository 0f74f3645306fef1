import type { EntryStatus } from '@app/contracts';

import type { Need } from '../need/need.entity.js';
import type { Entry } from './entry.entity.js';

/** What the event says of an entry that has moved. */
export const waitingData = (uscc: Need['uscc'], entry: Entry, from: EntryStatus | null) => ({
  needId: entry.needId,
  uscc,
  institutionId: entry.institutionId,
  institutionCode: entry.institutionCode,
  managerId: entry.managerId,
  entryId: entry.id,
  from,
  to: entry.status,
  reason: entry.reason,
  grabId: entry.grabId,
});

/** What the trail says of it. */
export const actOfEntry = (entry: Entry, from: EntryStatus | null) => ({
  rootId: entry.needId,
  subject: 'entry' as const,
  subjectId: entry.id,
  act: entry.status,
  from,
  to: entry.status,
  detail: { reason: entry.reason, grabId: entry.grabId, drawRank: entry.drawRank },
});
