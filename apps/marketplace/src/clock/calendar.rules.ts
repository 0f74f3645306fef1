import { addDays, type Day, dayOf, type WorkCalendar } from '@app/kernel';

/** As far as the longest usual clock of working days runs, in natural days and with a long holiday in it. */
const aheadDays = 60;

/** The last day of which the calendar knows whether it is worked: the end of the last year that was announced. */
export function knownTo(calendar: Pick<WorkCalendar, 'known'>, from: Day): Day {
  let year = Number(from.slice(0, 4));
  while (!calendar.known(year)) {
    year -= 1;
    if (year < 2_000) return '1999-12-31' as Day;
  }
  while (calendar.known(year + 1)) year += 1;
  return `${year}-12-31` as Day;
}

/** Whether clocks that start now may run into days that nobody has announced. */
export const isEnding = (calendar: Pick<WorkCalendar, 'known'>, now: Date): boolean =>
  knownTo(calendar, dayOf(now)) < addDays(dayOf(now), aheadDays);

/** Whether a deadline lies where only weekends are counted: it may move when the year's holidays are announced. */
export const isProvisional = (calendar: Pick<WorkCalendar, 'known'>, deadline: Date): boolean =>
  !calendar.known(Number(dayOf(deadline).slice(0, 4)));
