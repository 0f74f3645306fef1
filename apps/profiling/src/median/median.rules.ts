import type { Day } from '@app/kernel';

/** With fewer peers a median would give single enterprises away (portal: "hidden when fewer than five firms"). */
export const peersMin = 5;

/** A year and a month of days: enough to see how an industry went over the year. */
export const daysKept = 400;

/** A house that is larger than this has its medians right to a point, however many enterprises came since this morning. */
export const growthMax = 20_000;

/** What the newest medians were taken from. */
export interface TakenMedians {
  asOf: Day;
  enterprises: number;
}

/**
 * Medians are of a day: they stand until the next, so that nobody can read from a figure that jumps what one enterprise
 * was just found to be. A house that is still being filled takes them again whenever it has grown by a tenth.
 */
export function mediansDue(last: TakenMedians | undefined, today: Day, enterprises: number): boolean {
  if (!last || last.asOf < today) return true;
  return last.enterprises < growthMax && enterprises * 10 > last.enterprises * 11;
}
