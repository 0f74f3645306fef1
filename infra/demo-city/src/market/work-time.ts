import { addDays, chineseCalendar, type Day, dayOf, startOfDay } from '@app/kernel';

/** Banks answer from 9:00 to 17:30 on working days. */
const opens = 9 * 60;
const closes = 17 * 60 + 30;
export const workdayMinutes = closes - opens;
const minuteMillis = 60_000;

export const at = (day: Day, minutes: number): Date => new Date(startOfDay(day).getTime() + minutes * minuteMillis);

export const later = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * minuteMillis);

export const earliest = (...instants: readonly Date[]): Date =>
  new Date(Math.min(...instants.map((instant) => instant.getTime())));

/** The instant when a bank has worked so many minutes since `from`. */
export function afterWork(from: Date, minutes: number): Date {
  let day = dayOf(from);
  let minute = (from.getTime() - startOfDay(day).getTime()) / minuteMillis;
  if (!chineseCalendar.isWorkday(day)) [day, minute] = [chineseCalendar.rolled(day), opens];
  minute = Math.max(minute, opens);
  for (let left = minutes; ; left -= Math.max(0, closes - minute), minute = opens) {
    if (minute + left <= closes) return at(day, minute + left);
    day = chineseCalendar.addWorkdays(day, 1);
    if (minute > closes) minute = closes;
  }
}

/** The same instant, or the next morning when an office of an enterprise would be asleep. */
export function awake(instant: Date): Date {
  const day = dayOf(instant);
  const minute = (instant.getTime() - startOfDay(day).getTime()) / minuteMillis;
  if (minute < 8 * 60) return at(day, 8 * 60 + (minute % 60));
  return minute > 20 * 60 ? at(addDays(day, 1), 8 * 60 + (minute % 60)) : instant;
}

/** The `count`-th working day before `day`; with 0 the day itself, or the last working day before it. */
export function workdaysBefore(day: Day, count: number): Day {
  let found = day;
  while (!chineseCalendar.isWorkday(found)) found = addDays(found, -1);
  for (let left = count; left > 0;) {
    found = addDays(found, -1);
    if (chineseCalendar.isWorkday(found)) left -= 1;
  }
  return found;
}
