import type { Day } from '@app/kernel';

/** The ways in which departments' rows are bad, as ingestion meets them. */
export const flaws = [
  'SHORT_CODE',
  'BAD_ALPHABET',
  'CHECK_DIGIT',
  'IMPOSSIBLE_DATE',
  'EVENT_AFTER_REPORT',
  'FUTURE_REPORT',
  'UNKNOWN_WITHDRAWAL',
  'UNKNOWN_CODE',
  'NEGATIVE_AMOUNT',
  'TOO_FEW_COLUMNS',
  'NO_CODE',
] as const;

export type Flaw = (typeof flaws)[number];

/** What ingestion should make of a row (feeds.md): exactly one of five. */
export type Outcome = 'accepted' | 'unchanged' | 'stale' | 'quarantined' | 'refused';

export interface Row {
  /** The leading five and the feed's own, in the order of the feed's columns. */
  readonly cells: readonly string[];
  readonly outcome: Outcome;
  readonly flaw?: Flaw;
  /** The same row as the department's clerk typed it, where that differs: lower case, full width, no code. */
  readonly typed?: readonly string[];
  /** A line that cannot be read, instead of the cells. */
  readonly broken?: boolean;
}

/** What a department sends in one file: in the order of the lines. */
export interface Delivery {
  /** Names the file, as `2024-02` or `2025`. */
  readonly part: string;
  readonly asOf: Day;
  readonly rows: readonly Row[];
}

interface Facts {
  readonly key: string;
  readonly uscc: string;
  readonly event: Day;
  readonly report: Day;
  readonly op?: 'I' | 'U' | 'D';
}

/** A sound row that makes a new record or a new version. */
export function soundRow({ key, uscc, event, report, op = 'I' }: Facts, ...cells: (string | number)[]): Row {
  return { cells: [key, uscc, event, report, op, ...cells.map(String)], outcome: 'accepted' };
}

export function yuanText(yuan: number): string {
  return yuan.toFixed(2);
}

/** 万元 with two decimals, as the registry's forms have it. */
export function wanText(yuan: number): string {
  return (yuan / 10_000).toFixed(2);
}
