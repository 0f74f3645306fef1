/** A calendar day `YYYY-MM-DD` in Asia/Shanghai. Days compare as text: `a < b` is "earlier". */
export type Day = string & { readonly brand: 'Day' };

/** A calendar month `YYYY-MM`. */
export type Month = string & { readonly brand: 'Month' };

/** China has kept UTC+8 without summer time since 1992; no instant of the platform is older. */
const shanghaiOffsetMillis = 8 * 3_600_000;
const dayMillis = 86_400_000;
/** Years outside are typing errors (0024, 2912) and not days of an enterprise. */
const yearMin = 1900;
const yearMax = 2199;

/** Reads `YYYY-MM-DD` and `YYYYMMDD`; undefined for anything else, and for days that no calendar has. */
export function parseDay(text: string): Day | undefined {
  const parts = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const [year, month, date] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  if (year < yearMin || year > yearMax || month < 1 || month > 12) return undefined;
  if (date < 1 || date > lengthOfMonth(year, month)) return undefined;
  return `${parts[1]}-${parts[3]}-${parts[4]}` as Day;
}

/** The same for what must be a day, as literals in code and checked columns: throws RangeError. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`not a day from ${yearMin} to ${yearMax}: ${text}`);
  return parsed;
}

/** The day in Asia/Shanghai on which `instant` falls. */
export function dayOf(instant: Date): Day {
  return fromNumber(Math.floor((instant.getTime() + shanghaiOffsetMillis) / dayMillis));
}

/** The instant of 00:00 in Asia/Shanghai. */
export function startOfDay(of: Day): Date {
  return new Date(toNumber(of) * dayMillis - shanghaiOffsetMillis);
}

/**
 * The last millisecond of the day (23:59:59.999 in Asia/Shanghai), so that `now <= endOfDay(deadline)` is "in time".
 */
export function endOfDay(of: Day): Date {
  return new Date(startOfDay(of).getTime() + dayMillis - 1);
}

export function addDays(to: Day, days: number): Day {
  return fromNumber(toNumber(to) + whole(days));
}

/** Same date some months on; where that month is too short, its last day (2024-11-30 + 3 = 2025-02-28). */
export function addMonths(to: Day, months: number): Day {
  const [year, month, date] = split(to);
  const index = year * 12 + month - 1 + whole(months);
  const [newYear, newMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return format(newYear, newMonth, Math.min(date, lengthOfMonth(newYear, newMonth)));
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return toNumber(to) - toNumber(from);
}

export function monthOf(of: Day): Month {
  return of.slice(0, 7) as Month;
}

/** Reads `YYYY-MM`; undefined for anything else. */
export function parseMonth(text: string): Month | undefined {
  return /^\d{4}-\d{2}$/.test(text) && parseDay(`${text}-01`) !== undefined ? (text as Month) : undefined;
}

/**
 * Whole months that have passed from `from` to `to` (as `addMonths` counts them); a month stands for its first day.
 */
export function monthsBetween(from: Day | Month, to: Day | Month): number {
  const [start, end] = [asDay(from), asDay(to)];
  if (end < start) return -monthsBetween(end, start) || 0;
  const [startYear, startMonth] = split(start);
  const [endYear, endMonth] = split(end);
  const months = (endYear - startYear) * 12 + endMonth - startMonth;
  return addMonths(start, months) <= end ? months : months - 1;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(of: Day): number {
  // 1970-01-01 was a Thursday.
  return (((toNumber(of) + 4) % 7) + 7) % 7;
}

function asDay(value: Day | Month): Day {
  return value.length === 7 ? (`${value}-01` as Day) : (value as Day);
}

function split(value: Day): [year: number, month: number, date: number] {
  return [Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10))];
}

function toNumber(value: Day): number {
  const [year, month, date] = split(value);
  return Date.UTC(year, month - 1, date) / dayMillis;
}

function fromNumber(number: number): Day {
  const date = new Date(number * dayMillis);
  return format(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function format(year: number, month: number, date: number): Day {
  return day([year, month, date].map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-'));
}

function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  return value;
}
