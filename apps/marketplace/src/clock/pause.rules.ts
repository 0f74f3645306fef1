import type { GrabStatus } from '@app/contracts';
import { chineseCalendar, type Day, dayOf, endOfDay } from '@app/kernel';

/** 等待企业补充材料, 等待评估登记等第三方, 企业申请暂缓, 不可抗力, 平台故障. */
export const pauseReasons = [
  'WAITING_DOCUMENTS',
  'WAITING_THIRD_PARTY',
  'ENTERPRISE_REQUEST',
  'FORCE_MAJEURE',
  'PLATFORM_OUTAGE',
] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const pausers = ['INSTITUTION', 'ENTERPRISE', 'OPERATOR'] as const;
export type Pauser = (typeof pausers)[number];

/** Each reason belongs to one side: a bank cannot claim the enterprise's wish, nor either of them a flood. */
export const pauserOf: Record<PauseReason, Pauser> = {
  WAITING_DOCUMENTS: 'INSTITUTION',
  WAITING_THIRD_PARTY: 'INSTITUTION',
  ENTERPRISE_REQUEST: 'ENTERPRISE',
  FORCE_MAJEURE: 'OPERATOR',
  PLATFORM_OUTAGE: 'OPERATOR',
};

/** A clock stands still on working days after `from` up to and with `to`: the days of both acts count as acts do. */
export interface Pause {
  from: Day;
  to: Day;
}

/**
 * The last day of a period that was to end on `base` without pauses, counted anew from `start` with the paused days left
 * out. Exact whatever the number and order of pauses: it rests on the days themselves and never on the deadline before.
 */
export function pausedDeadline(start: Day, base: Day, pauses: readonly Pause[]): Day {
  const workdays = chineseCalendar.workdaysBetween(start, base);
  if (workdays === 0) return base;
  return chineseCalendar.addWorkdays(start, workdays, (of) => pauses.some(({ from, to }) => of > from && of <= to));
}

/** Working days that pauses have taken, each day once. */
export function pausedWorkdays(pauses: readonly Pause[]): number {
  const days = new Set<Day>();
  for (const { from, to } of pauses)
    for (let at = chineseCalendar.addWorkdays(from, 1); at <= to; at = chineseCalendar.addWorkdays(at, 1)) days.add(at);
  return days.size;
}

export type PauseFault = 'ALREADY_PAUSED' | 'NOT_RUNNING' | 'CONTACT_FIRST' | 'NOTHING_LEFT';

export interface PauseAsk {
  status: GrabStatus;
  reason: PauseReason;
  today: Day;
  /** Working days asked for; null: as many as are left. */
  workdays: number | null;
  /** Earlier pauses of the same side; one that runs has the last day that it may have. */
  earlier: readonly (Pause & { open: boolean })[];
  /** Working days that this side may pause in all. */
  workdaysMax: number;
}

/** Until when a pause may last; or why there is none. The first contact waits for nobody but the operator. */
export function pauseUntil(ask: PauseAsk): { to: Day } | { fault: PauseFault } {
  if (!['ACTIVE', 'CONTACTED', 'IN_REVIEW'].includes(ask.status)) return { fault: 'NOT_RUNNING' };
  if (ask.status === 'ACTIVE' && pauserOf[ask.reason] !== 'OPERATOR') return { fault: 'CONTACT_FIRST' };
  if (ask.earlier.some(({ open }) => open)) return { fault: 'ALREADY_PAUSED' };
  const left = ask.workdaysMax - pausedWorkdays(ask.earlier);
  const wanted = ask.workdays ?? left;
  if (wanted > left || left <= 0) return { fault: 'NOTHING_LEFT' };
  return { to: chineseCalendar.addWorkdays(ask.today, wanted) };
}

/** The last day of a pause that is ended today: never later than it was to last, never before its first day. */
export const endedOn = ({ from, to }: Pause, now: Date): Day => {
  const today = dayOf(now);
  if (today < from) return from;
  return today < to ? today : to;
};

/** Whether the clocks stand because of it: nobody ended it, and its last day is not over. */
export const isRunning = ({ endedAt, toDay }: { endedAt: Date | null; toDay: Day }, now: Date): boolean =>
  endedAt === null && endOfDay(toDay) >= now;
