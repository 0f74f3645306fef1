import type { Cut } from './margin-plan.rules.js';
import { type MeasureName, noSums, type Sums } from './measure.rules.js';
import type { Cell } from './suppression.rules.js';

export interface Asked extends Cut {
  measure: MeasureName;
}

/** What the rules decide on, whichever way it was read. */
export interface Figures {
  cells: Cell[];
  sums: Map<string | null, Sums>;
}

/** How '' reads outside. */
export const none = 'NONE';
export const soFar = 'SO_FAR';
export const rest = 'REST';

/** One row of the sums of an answer; of all keys together where the key is null. */
export interface SumRow {
  key: string | null;
  bucket: string;
  count: string;
  amount: string;
  weight: string;
}

/** Sums by key, with the counts of their buckets side by side. */
export function sumsOf(rows: readonly SumRow[]): Map<string | null, Sums> {
  const sums = new Map<string | null, Sums>();
  for (const row of rows) {
    const before = sums.get(row.key) ?? noSums;
    sums.set(row.key, {
      count: before.count + BigInt(row.count),
      amount: before.amount + BigInt(row.amount),
      weight: before.weight + BigInt(row.weight),
      buckets: new Map([...before.buckets, [row.bucket, BigInt(row.count)]]),
    });
  }
  return sums;
}
