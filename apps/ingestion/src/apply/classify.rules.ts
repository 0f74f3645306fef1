import type { ClaimedRow } from '../resolve/claimed-row.driver.js';
import type { CheckedRow } from '../row/row.rules.js';

/** What is held of a key: the version in force. */
export interface Head {
  uscc: string;
  version: number;
  reportDate: string;
  withdrawn: boolean;
  hash: string;
}

/** A row as it comes to be compared: checked, hashed, and with what the file itself says about its key. */
export interface ArrivingRow extends CheckedRow {
  line: number;
  /** Where a person finds it, when the line does not say so. */
  place: string | undefined;
  raw: string;
  /**
   * 128 bits over code, event date and fields, one character a byte: the content, which is everything but key, report date
   * and operation.
   */
  hash: string;
  /** A later line of the file has the same key and report date. */
  collapsed: boolean;
  /** Some row of the file was collapsed under this key: that alone makes the key known. */
  known: boolean;
  /** Its code was found by what it claims. */
  claimed?: ClaimedRow | undefined;
  /** Its code was found by its account. */
  mapped?: boolean;
  /** Of withdrawals only, which may turn out to withdraw nothing. */
  cells?: readonly string[];
}

export type Outcome = 'accepted' | 'unchanged' | 'stale' | 'unknown';

/** What one row does to the head of its key. `head` is absent when it stays as it is. */
export interface Step {
  outcome: Outcome;
  head?: Head;
}

/** The four rules of a row, in their order (docs: what a row does and how it is counted). */
export function stepOf(row: ArrivingRow, head: Head | undefined): Step {
  if (row.collapsed) return { outcome: 'stale' };
  if (!head)
    return row.op === 'D' && !row.known ? { outcome: 'unknown' } : { outcome: 'accepted', head: headAfter(row, 1) };
  if (row.reportDate < head.reportDate) return { outcome: 'stale' };
  if (isSame(row, head))
    return row.reportDate > head.reportDate
      ? { outcome: 'unchanged', head: { ...head, reportDate: row.reportDate } }
      : { outcome: 'unchanged' };
  return { outcome: 'accepted', head: headAfter(row, head.version + 1) };
}

/** A withdrawn record is withdrawn, whatever a second withdrawal says besides; a shown one is its content. */
const isSame = (row: ArrivingRow, head: Head): boolean =>
  row.op === 'D' ? head.withdrawn : !head.withdrawn && row.hash === head.hash;

const headAfter = (row: ArrivingRow, version: number): Head => ({
  uscc: row.uscc,
  version,
  reportDate: row.reportDate,
  withdrawn: row.op === 'D',
  hash: row.hash,
});

/** Everything that a part writes. */
export interface PartEffect {
  versions: { row: ArrivingRow; version: number }[];
  newHeads: Map<string, Head>;
  changedHeads: Map<string, Head>;
  stale: ArrivingRow[];
  unknown: ArrivingRow[];
  /** Versions by which a record left one enterprise for another, also those that a later row of the part moved on. */
  moves: { key: string; version: number; from: string; to: string }[];
  unchanged: number;
  /** Accepted rows per enterprise; a move counts at both. */
  touched: Map<string, number>;
  /** By how many the records in force became more. */
  liveDelta: number;
}

/** Applies rows in the given order to the heads that were held before; several rows of one key see one another. */
export function effectOf(rows: readonly ArrivingRow[], heads: ReadonlyMap<string, Head>): PartEffect {
  const effect: PartEffect = {
    versions: [],
    newHeads: new Map(),
    changedHeads: new Map(),
    stale: [],
    unknown: [],
    moves: [],
    unchanged: 0,
    touched: new Map(),
    liveDelta: 0,
  };
  for (const row of rows) {
    const before = effect.newHeads.get(row.key) ?? effect.changedHeads.get(row.key) ?? heads.get(row.key);
    const step = stepOf(row, before);
    if (step.head) (heads.has(row.key) ? effect.changedHeads : effect.newHeads).set(row.key, step.head);
    note(effect, row, step, before);
  }
  return effect;
}

function note(effect: PartEffect, row: ArrivingRow, step: Step, before: Head | undefined): void {
  if (step.outcome === 'stale') effect.stale.push(row);
  if (step.outcome === 'unknown') effect.unknown.push(row);
  if (step.outcome === 'unchanged') effect.unchanged += 1;
  if (step.outcome !== 'accepted' || !step.head) return;
  effect.versions.push({ row, version: step.head.version });
  effect.liveDelta += Number(!step.head.withdrawn) - Number(before !== undefined && !before.withdrawn);
  touch(effect, row.uscc);
  if (!before || before.uscc === row.uscc) return;
  touch(effect, before.uscc);
  effect.moves.push({ key: row.key, version: step.head.version, from: before.uscc, to: row.uscc });
}

const touch = (effect: PartEffect, uscc: string): void => {
  effect.touched.set(uscc, (effect.touched.get(uscc) ?? 0) + 1);
};
