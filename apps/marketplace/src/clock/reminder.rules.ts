import { addDays, chineseCalendar, type Day, dayOf, endOfDay } from '@app/kernel';

import type { Deadline, NextAct } from '../grab/case.rules.js';

/** Who has to act before a deadline passes. */
export type WaitsFor = 'INSTITUTION' | 'ENTERPRISE';

export const waitsFor = (act: NextAct): WaitsFor => (act === 'ACCEPTANCE' ? 'ENTERPRISE' : 'INSTITUTION');

export interface ReminderPolicy {
  /** Before the end of a clock of working days. */
  reminderWorkdays: number;
  /** Before the end of an offer or of the time to draw. */
  reminderHours: number;
}

/** Clocks of working days are reminded of on a working day, others by the hour. */
const countsWorkdays = (act: NextAct): boolean => act === 'CONTACT' || act === 'EVIDENCE' || act === 'OFFER';

/**
 * When to remind of a deadline: at the end of the day that lies so many working days before its own, so that whoever
 * comes in on the last morning has it before him; or so many hours before. Never when either is 0.
 */
export function remindAt({ at, act }: Deadline, policy: ReminderPolicy): Date | null {
  if (countsWorkdays(act)) {
    if (policy.reminderWorkdays === 0) return null;
    return endOfDay(chineseCalendar.workdaysBefore(dayOf(at), policy.reminderWorkdays));
  }
  if (policy.reminderHours === 0) return null;
  return new Date(at.getTime() - policy.reminderHours * 3_600_000);
}

/** Whether a reminder is due: its time has come, and the deadline has not. */
export function isReminderDue(deadline: Deadline, policy: ReminderPolicy, now: Date): boolean {
  const from = remindAt(deadline, policy);
  return from !== null && from <= now && now <= deadline.at;
}

/**
 * The last deadlines of which a reminder may be due: of clocks of working days, and of those of hours. What a query looks
 * through: without the first, each round would read every case whose bank has to call tomorrow.
 */
export function reminderHorizon(policy: ReminderPolicy, now: Date): Record<'workdays' | 'hours', Date> {
  let last = dayOf(now);
  for (let next = last; isDayNear(next, policy, now); next = addDays(next, 1)) last = next;
  return { workdays: endOfDay(last), hours: new Date(now.getTime() + policy.reminderHours * 3_600_000) };
}

/** Whether it is time to remind of a deadline on that working day. */
function isDayNear(of: Day, { reminderWorkdays }: ReminderPolicy, now: Date): boolean {
  return reminderWorkdays > 0 && endOfDay(chineseCalendar.workdaysBefore(of, reminderWorkdays)) <= now;
}
