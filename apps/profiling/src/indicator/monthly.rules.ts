import { addMonths, type Day, day, type Month, monthOf } from '@app/kernel';

import { fenIn, monthIn, type SourceRecord } from '../record/record.rules.js';

/** Fewer pairs of months would make a trend out of a season. */
const pairsMin = 6;

const monthsBefore = (month: Month, months: number): Month => monthOf(addMonths(day(`${month}-01`), -months));

/** Sums of one amount by month. A month without a record, or without the amount, is absent. */
export function sumsByMonth(
  records: readonly SourceRecord[],
  month: string,
  amount: string,
): ReadonlyMap<Month, bigint> {
  const sums = new Map<Month, bigint>();
  for (const record of records) {
    const [of, value] = [monthIn(record, month), fenIn(record, amount)];
    if (of !== null && value !== null) sums.set(of, (sums.get(of) ?? 0n) + value);
  }
  return sums;
}

/** The twelve months up to the latest one against the same months a year earlier; only months known in both count. */
export function yearOnYear(sums: ReadonlyMap<Month, bigint>): { now: bigint; before: bigint } | null {
  const latest = latestOf(sums);
  if (latest === null) return null;
  const pairs = lastTwelve(latest).flatMap((month) => {
    const [now, before] = [sums.get(month), sums.get(monthsBefore(month, 12))];
    return now === undefined || before === undefined ? [] : [{ now, before }];
  });
  if (pairs.length < pairsMin) return null;
  return pairs.reduce((sum, pair) => ({ now: sum.now + pair.now, before: sum.before + pair.before }));
}

/** The sum of the twelve months before the month of `asOf`, whatever of them is there; null when nothing is. */
export function lastYearSum(sums: ReadonlyMap<Month, bigint>, asOf: Day): bigint | null {
  const known = lastTwelve(monthsBefore(monthOf(asOf), 1)).flatMap((month) => sums.get(month) ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0n);
}

/** The records of the latest month that a feed speaks of. */
export function latestMonth(records: readonly SourceRecord[], month: string): readonly SourceRecord[] {
  const latest = records.reduce<string>((last, record) => max(last, monthIn(record, month) ?? ''), '');
  return latest === '' ? [] : records.filter((record) => monthIn(record, month) === latest);
}

const lastTwelve = (latest: Month): Month[] => Array.from({ length: 12 }, (_, back) => monthsBefore(latest, back));

const latestOf = (sums: ReadonlyMap<Month, bigint>): Month | null =>
  [...sums.keys()].reduce<Month | null>((last, month) => (last === null || month > last ? month : last), null);

const max = (a: string, b: string): string => (a > b ? a : b);
