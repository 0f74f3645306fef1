import type { Measure } from './quality.rules.js';

/** What can be added up: per enterprise and feed, and per feed. */
export interface FeedSums {
  records: number;
  affected: number;
  findings: number;
  filled: Record<string, number>;
}

export const noSums: FeedSums = { records: 0, affected: 0, findings: 0, filled: {} };

export const sumsOf = ({ records, affected, findings, filled }: Measure): FeedSums => ({
  records,
  affected,
  findings: findings.length,
  filled,
});

/** Adds, or takes away with a factor of -1. Fields that count nothing are left out, so that equal sums are equal. */
export function added(sums: FeedSums, more: FeedSums, factor: 1 | -1 = 1): FeedSums {
  const fields = [...new Set([...Object.keys(sums.filled), ...Object.keys(more.filled)])].toSorted();
  const filled = fields.map((name) => [name, (sums.filled[name] ?? 0) + factor * (more.filled[name] ?? 0)] as const);
  return {
    records: sums.records + factor * more.records,
    affected: sums.affected + factor * more.affected,
    findings: sums.findings + factor * more.findings,
    filled: Object.fromEntries(filled.filter(([, count]) => count !== 0)),
  };
}
