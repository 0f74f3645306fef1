import { addDays, addMonths, type Day, day, type Month, monthOf } from '@app/kernel';

/** The months and years the city's records cover, all complete before `today`. */
export interface CityCalendar {
  readonly today: Day;
  /** Monthly feeds: the last whole months before today, oldest first. */
  readonly months: readonly Month[];
  /** Yearly feeds: the last three whole years, oldest first. */
  readonly years: readonly number[];
  /** Every month the books of a firm are drawn for: from January of the first year, or the first month if earlier. */
  readonly bookMonths: readonly Month[];
}

const yearsCovered = 3;

export function calendarOf(today: Day, months: number): CityCalendar {
  const lastMonth = monthOf(addMonths(today, -1));
  const covered = monthsUpTo(lastMonth, months);
  const yearNow = Number(today.slice(0, 4));
  const years = Array.from({ length: yearsCovered }, (_, index) => yearNow - yearsCovered + index);
  const january = `${years[0]}-01`;
  const first = covered[0];
  const start = first !== undefined && first < january ? first : january;
  const bookMonths = monthsUpTo(lastMonth, 12 * 200).filter((month) => month >= start);
  return { today, months: covered, years, bookMonths };
}

/** The last day of a month. */
export function lastDayOf(month: Month): Day {
  return dayAfterMonth(month, 0);
}

/** The day `days` (0 to 31) after the end of a month: departments report by the 15th, are paid by the 20th and so on. */
export function dayAfterMonth(month: Month, days: number): Day {
  const found = daysAfterMonth(month)[days];
  if (found === undefined) throw new RangeError(`0 to 31 days after a month, not ${days}`);
  return found;
}

/** Hundreds of thousands of rows ask for the same few days: working each out again took most of the time of a city. */
const knownDays = new Map<Month, readonly Day[]>();

function daysAfterMonth(month: Month): readonly Day[] {
  const known = knownDays.get(month);
  if (known !== undefined) return known;
  const end = addDays(addMonths(day(`${month}-01`), 1), -1);
  const days = Array.from({ length: 32 }, (_, offset) => addDays(end, offset));
  knownDays.set(month, days);
  return days;
}

/** The earlier of the two: nothing is reported after today. */
export function notAfter(today: Day, wanted: Day): Day {
  return wanted > today ? today : wanted;
}

function monthsUpTo(last: Month, count: number): Month[] {
  const start = day(`${last}-01`);
  const all: Month[] = [];
  for (let back = Math.min(count, 1_200) - 1; back >= 0; back -= 1) all.push(monthOf(addMonths(start, -back)));
  return all;
}
