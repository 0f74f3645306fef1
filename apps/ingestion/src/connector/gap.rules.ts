import type { Stretch } from '../source/source-reader.rules.js';

/** What is still missing of a gap after a part of it came; empty when nothing is. */
export function remainderOf(gap: Stretch, came: Stretch): Stretch[] {
  if (gap.kind !== came.kind) return [gap];
  if (gap.kind === 'DAY') return came.from <= gap.from && gap.to <= came.to ? [] : [gap];
  const [from, to, first, last] = [gap.from, gap.to, came.from, came.to].map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (last < from || first > to) return [gap];
  const before = first > from ? [{ ...gap, to: String(first - 1n) }] : [];
  const behind = last < to ? [{ ...gap, from: String(last + 1n) }] : [];
  return [...before, ...behind];
}
