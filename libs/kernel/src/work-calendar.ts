import { type Day, addDays, day, endOfDay, weekdayOf } from './day.js';
import { type CalendarYear, chineseYears } from './work-calendar-years.js';

const never = (): boolean => false;

/** A step further than any real deadline: a slip of units (days for hours) must not loop for ever. */
const periodDaysMax = 20_000;

/**
 * Counts legal periods (民法典 art. 201, 203): the day on which a period starts does not count, and one whose last day
 * is a day off ends on the next working day. Years without an announcement are taken as weekends only; `known` says
 * so, for those who must warn.
 */
export class WorkCalendar {
  private readonly years: ReadonlySet<number>;
  private readonly holidays = new Set<Day>();
  private readonly makeUpDays = new Set<Day>();

  constructor(years: readonly CalendarYear[]) {
    this.years = new Set(years.map(({ year }) => year));
    for (const { year, holidays, makeUpDays } of years) {
      for (const made of makeUpDays) this.makeUpDays.add(day(`${year}-${made}`));
      for (const [first, last] of holidays) this.addHoliday(day(`${year}-${first}`), day(`${year}-${last}`));
    }
  }

  /** Whether the announcement for that year is held. */
  known(year: number): boolean {
    return this.years.has(year);
  }

  isWorkday(of: Day): boolean {
    if (this.makeUpDays.has(of)) return true;
    const weekday = weekdayOf(of);
    return weekday !== 0 && weekday !== 6 && !this.holidays.has(of);
  }

  /**
   * The `days`-th working day after `start`, which itself does not count. With 0: `start`, or the next working day.
   * Days that `stopped` names do not count either: so a clock that was paused is reckoned. Throws RangeError when it
   * names all of them.
   */
  addWorkdays(start: Day, days: number, stopped: (of: Day) => boolean = never): Day {
    if (periodDays(days) === 0) return this.rolled(start);
    let at = start;
    for (let left = days, steps = 0; left > 0; steps += 1) {
      if (steps > periodDaysMax) throw new RangeError(`a clock that stands still: ${days} days after ${start}`);
      at = addDays(at, 1);
      if (this.isWorkday(at) && !stopped(at)) left -= 1;
    }
    return at;
  }

  /** Working days after `from` up to and with `to`: what `addWorkdays` has to add to `from` to reach `to`. */
  workdaysBetween(from: Day, to: Day): number {
    let count = 0;
    for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (this.isWorkday(at)) count += 1;
    return count;
  }

  /** The `days`-th working day before `of`: with 1, the last working day that is earlier. */
  workdaysBefore(of: Day, days: number): Day {
    let at = of;
    for (let left = periodDays(days); left > 0;) {
      at = addDays(at, -1);
      if (this.isWorkday(at)) left -= 1;
    }
    return at;
  }

  /** The last day of a period of natural days, moved to the next working day when it is a day off. */
  addNaturalDays(start: Day, days: number): Day {
    return this.rolled(addDays(start, periodDays(days)));
  }

  /** The day itself when it is worked, or else the next working day. */
  rolled(of: Day): Day {
    let at = of;
    while (!this.isWorkday(at)) at = addDays(at, 1);
    return at;
  }

  /** The last instant of the `days`-th working day after `start`: the deadline of a service clock. */
  deadline(start: Day, days: number): Date {
    return endOfDay(this.addWorkdays(start, days));
  }

  private addHoliday(first: Day, last: Day): void {
    for (let at = first; at <= last; at = addDays(at, 1)) this.holidays.add(at);
  }
}

/** The calendar of the People's Republic. */
export const chineseCalendar = new WorkCalendar(chineseYears);

export function isWorkday(of: Day): boolean {
  return chineseCalendar.isWorkday(of);
}

export function addWorkdays(start: Day, days: number): Day {
  return chineseCalendar.addWorkdays(start, days);
}

function periodDays(days: number): number {
  if (!Number.isInteger(days) || days < 0 || days > periodDaysMax) throw new RangeError(`not a period: ${days} days`);
  return days;
}
