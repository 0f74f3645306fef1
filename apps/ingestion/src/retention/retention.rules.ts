import { addDays, addMonths, type Day, parseDay } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';
import { hasPublicityEnd, isHidden, type PublicRecord, publicityOfRecord } from './publicity.rules.js';

/** Last day of keeping; null: nothing is agreed, or the day from which it counts has not come. */
export function keptUntil({ retention }: Contract, { eventDate, fields }: PublicRecord): Day | null {
  if (!retention) return null;
  const from = retention.from === 'event_date' ? eventDate : fields[retention.from];
  const start = typeof from === 'string' ? parseDay(from) : undefined;
  return start === undefined ? null : addMonths(start, retention.years * 12);
}

/** The first day on which it may go. */
export function lookOn(contract: Contract, record: PublicRecord): Day | null {
  const last = keptUntil(contract, record);
  return last && addDays(last, 1);
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
export function fateOf(contract: Contract, record: HeldRecord, look: LookAt): Fate {
  const last = keptUntil(contract, record);
  if (last === null || last >= look.today) return 'KEPT';
  if (isStanding(contract, record)) return 'IN_FORCE';
  if (holdsOn(contract, record, look).length > 0) return 'HELD';
  return isStillShown(contract, record, look.today) ? 'STILL_PUBLIC' : 'DUE';
}

interface LookAt {
  holds: readonly Hold[];
  today: Day;
}

const holdsOn = ({ feed }: Contract, record: HeldRecord, { holds, today }: LookAt): Hold[] =>
  holds.filter((hold) => isInForce(hold, today) && covers(hold, feed, record));

/**
 * When to look again at what is not to go today; null: not before something happens to it. A newer version, a correction and the
 * release of a hold put it on the list again.
 */
export function nextLook(contract: Contract, record: HeldRecord, look: LookAt): Day | null {
  switch (fateOf(contract, record, look)) {
    case 'KEPT':
      return lookOn(contract, record);
    case 'HELD': {
      const ends = holdsOn(contract, record, look).map(({ until }) => until);
      return ends.includes(null)
        ? null
        : addDays(
            ends.reduce((last, end) => (end! > last! ? end : last))!,
            1,
          );
    }
    case 'STILL_PUBLIC': {
      const { publicUntil } = publicityOfRecord(contract, record);
      return publicUntil && addDays(publicUntil, 1);
    }
    default:
      return null;
  }
}

/** Who is on a list without having left it is shown on it, however long ago it began. */
function isStillShown(contract: Contract, record: HeldRecord, today: Day): boolean {
  const publicity = publicityOfRecord(contract, record);
  return (publicity.publicUntil !== null || hasPublicityEnd(contract)) && !isHidden(publicity, today);
}
