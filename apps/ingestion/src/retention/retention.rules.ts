import { addMonths, type Day, parseDay } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';
import { hasPublicityEnd, isHidden, type PublicRecord, publicityOfRecord } from './publicity.rules.js';

/** Last day of keeping; null: nothing is agreed, or the day from which it counts has not come. */
export function keptUntil({ retention }: Contract, { eventDate, fields }: PublicRecord): Day | null {
  if (!retention) return null;
  const from = retention.from === 'event_date' ? eventDate : fields[retention.from];
  const start = typeof from === 'string' ? parseDay(from) : undefined;
  return start === undefined ? null : addMonths(start, retention.years * 12);
}

/** Something that keeps records beyond their term: a legal hold, or a duty up to a day. */
export interface Hold {
  uscc: string | null;
  feed: string | null;
  recordKey: string | null;
  /** Last day of a duty; null: until it is released. */
  until: Day | null;
  releasedOn: Day | null;
}

export interface HeldRecord extends PublicRecord {
  uscc: string;
  recordKey: string;
}

const covers = (hold: Hold, feed: string, record: HeldRecord): boolean =>
  (hold.uscc === null || hold.uscc === record.uscc) &&
  (hold.feed === null || hold.feed === feed) &&
  (hold.recordKey === null || hold.recordKey === record.recordKey);

export const isInForce = ({ until, releasedOn }: Hold, today: Day): boolean =>
  releasedOn === null && (until === null || until >= today);

export type Fate = 'KEPT' | 'HELD' | 'STILL_PUBLIC' | 'IN_FORCE' | 'DUE';

/** A feed that makes enterprises known keeps those that exist, however long ago they were registered. */
const isStanding = ({ registers }: Contract, { fields }: HeldRecord): boolean =>
  registers !== undefined && (fields['status'] === undefined || fields['status'] === '存续');

/** What retention does to a record today: what is still to be shown, held, or true stays whatever its term. */
export function fateOf(contract: Contract, record: HeldRecord, look: { holds: readonly Hold[]; today: Day }): Fate {
  const last = keptUntil(contract, record);
  if (last === null || last >= look.today) return 'KEPT';
  if (isStanding(contract, record)) return 'IN_FORCE';
  const held = look.holds.some((hold) => isInForce(hold, look.today) && covers(hold, contract.feed, record));
  if (held) return 'HELD';
  return isStillShown(contract, record, look.today) ? 'STILL_PUBLIC' : 'DUE';
}

/** Who is on a list without having left it is shown on it, however long ago it began. */
function isStillShown(contract: Contract, record: HeldRecord, today: Day): boolean {
  const publicity = publicityOfRecord(contract, record);
  return (publicity.publicUntil !== null || hasPublicityEnd(contract)) && !isHidden(publicity, today);
}
