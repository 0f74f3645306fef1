import { chineseCalendar, dayOf } from '@app/kernel';

import type { Policy } from '../limit/limit.rules.js';
import type { FirstLook } from '../need/need.rules.js';

type WindowPolicy = Pick<
  Policy,
  | 'directedWindowWorkdays'
  | 'houseBankWindowWorkdays'
  | 'exclusiveWindowMinutes'
  | 'fairWindowSeconds'
  | 'wishedFairWindowSeconds'
>;

interface Windows {
  /** The last millisecond in which one bank is alone with the need. */
  exclusiveUntil: Date | null;
  /** The last millisecond in which the others enter sealed. */
  sealedUntil: Date | null;
}

const minuteMs = 60_000;
const secondMs = 1_000;

/**
 * The windows of a need that is published now: first one bank alone, where there is one, then sealed entries, where the
 * market or the enterprise wants a fair window. None of them reaches the closing of the need: then it has none.
 */
export function windowsOf(
  policy: WindowPolicy,
  need: { firstLook: FirstLook | null; fairWindow: boolean; closesAt: Date },
  now: Date,
): Windows {
  const before = (until: Date | null): Date | null => (until && until < need.closesAt ? until : null);
  const exclusiveUntil = before(exclusiveEnd(policy, need.firstLook, now));
  const seconds = policy.fairWindowSeconds || (need.fairWindow ? policy.wishedFairWindowSeconds : 0);
  const from = exclusiveUntil ? exclusiveUntil.getTime() + 1 : now.getTime();
  return { exclusiveUntil, sealedUntil: seconds === 0 ? null : before(new Date(from + seconds * secondMs - 1)) };
}

/** Working days end at midnight, the day of publication not counted; a product's bank has minutes. */
function exclusiveEnd(policy: WindowPolicy, firstLook: FirstLook | null, now: Date): Date | null {
  const workdays = (days: number) => (days === 0 ? null : chineseCalendar.deadline(dayOf(now), days));
  const { exclusiveWindowMinutes: minutes } = policy;
  switch (firstLook) {
    case 'DIRECTED':
      return workdays(policy.directedWindowWorkdays);
    case 'HOUSE_BANK':
      return workdays(policy.houseBankWindowWorkdays);
    case 'PRODUCT':
      return minutes === 0 ? null : new Date(now.getTime() + minutes * minuteMs - 1);
    default:
      return null;
  }
}
