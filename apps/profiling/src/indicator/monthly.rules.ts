import type { Day } from '@app/kernel';

import { fenIn, monthNumberIn, type SourceRecord } from '../record/record.rules.js';

/** Fewer pairs of months would make a trend out of a season. */
const pairsMin = 6;

/** Sums of one amount by the number of the month. A month without a record, or without the amount, is absent. */
type MonthlySums = ReadonlyMap<number, bigint>;

export function sumsByMonth(records: readonly SourceRecord[], month: string, amount: string): MonthlySums {
  const sums = new Map<number, bigint>();
  for (const record of records) {
    const [number, value] = [monthNumberIn(record, month), fenIn(record, amount)];
    if (number !== null && value !== null) sums.set(number, (sums.get(number) ?? 0n) + value);
  }
  return sums;
}

/** The twelve months up to the latest one against the same months a year earlier; only months known in both count. */
export function yearOnYear(sums: MonthlySums): { now: bigint; before: bigint } | null {
  const pairs = lastTwelve(Math.max(...sums.keys())).flatMap((month) => {
    const [now, before] = [sums.get(month), sums.get(month - 12)];
    return now === undefined || before === undefined ? [] : [{ now, before }];
  });
  if (pairs.length < pairsMin) return null;
  return pairs.reduce((sum, pair) => ({ now: sum.now + pair.now, before: sum.before + pair.before }));
}

/** The sum of the twelve months before the month of `asOf`, whatever of them is there; null when nothing is. */
export function lastYearSum(sums: MonthlySums, asOf: Day): bigint | null {
  const [year, month] = [Number(asOf.slice(0, 4)), Number(asOf.slice(5, 7))];
  const known = lastTwelve(year * 12 + month - 2).flatMap((number) => sums.get(number) ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0n);
}

/** The records of the latest month that a feed speaks of. */
export function latestMonth(records: readonly SourceRecord[], month: string): readonly SourceRecord[] {
  const numbers = records.map((record) => monthNumberIn(record, month) ?? -1);
  const latest = Math.max(...numbers);
  return latest < 0 ? [] : records.filter((_, index) => numbers[index] === latest);
}

const lastTwelve = (latest: number): number[] => Array.from({ length: 12 }, (_, back) => latest - back);
