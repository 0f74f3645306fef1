import type { Day } from '@app/kernel';

import type { Stage } from './delivery-plan.js';
import type { Flaw, Outcome, Row } from './row.js';

/**
 * What ingestion should count (feeds.md). True when the files of a feed are taken in the manifest's order, each once,
 * after everything the manifest names before them.
 */
export type ExpectedCounts = Readonly<Record<Outcome | 'read', number>>;

export interface ManifestFile {
  readonly feed: string;
  /** Code of the delivering organisation. */
  readonly source: string;
  /** Relative to the folder. */
  readonly file: string;
  readonly form: 'csv' | 'ndjson';
  readonly charset: 'utf-8' | 'gb18030';
  readonly bom: boolean;
  readonly contentType: string;
  /** `Batch-Reference` of the delivery. */
  readonly reference: string;
  readonly rows: number;
  readonly bytes: number;
  readonly asOf: Day;
  readonly stage: Stage;
  /** Comes after the pull of its feed: it corrects rows that the tax bureau's API serves. */
  readonly afterPull: boolean;
  readonly expected: ExpectedCounts;
  /** Of the accepted: rows without a code whose account the mapping knows. Without the mapping they are quarantined. */
  readonly mappedByAccount: number;
  readonly flaws: Readonly<Partial<Record<Flaw, number>>>;
}

/** What the tax bureau's API serves; the counts are of a pull from the first page to the last. */
export interface ManifestPull {
  readonly feed: string;
  readonly source: string;
  readonly stage: Stage;
  readonly rows: number;
  readonly expected: ExpectedCounts;
  readonly flaws: Readonly<Partial<Record<Flaw, number>>>;
}

export interface Manifest {
  readonly seed: string;
  readonly today: Day;
  readonly enterprises: number;
  readonly months: number;
  /** In the order of delivery: `FIRST` before `LATER`, the months of a feed in order. */
  readonly files: readonly ManifestFile[];
  readonly pulls: readonly ManifestPull[];
  /** CSV with header `户号,类别,统一社会信用代码`: the utilities' mapping of accounts, to be loaded before their feed. */
  readonly accounts: { readonly file: string; readonly rows: number };
}

export function countRows(rows: readonly Row[]): ExpectedCounts {
  const counts = { read: rows.length, accepted: 0, unchanged: 0, stale: 0, quarantined: 0, refused: 0 };
  for (const row of rows) counts[row.outcome] += 1;
  return counts;
}

export function countFlaws(rows: readonly Row[]): Partial<Record<Flaw, number>> {
  const counts: Partial<Record<Flaw, number>> = {};
  for (const { flaw } of rows) if (flaw !== undefined) counts[flaw] = (counts[flaw] ?? 0) + 1;
  return counts;
}
