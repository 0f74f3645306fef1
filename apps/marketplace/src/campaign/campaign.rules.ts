import type { TargetStatus } from '@app/contracts';

export const visitMethods = ['PHONE', 'VISIT', 'ONLINE'] as const;
export type VisitMethod = (typeof visitMethods)[number];

export const visitOutcomes = ['NOT_REACHED', 'CONTACTED', 'APPLIED', 'LENT', 'REFUSED', 'NOT_INTERESTED'] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

export const refusalCodes = ['INDUSTRY', 'CREDIT', 'COLLATERAL', 'AMOUNT', 'DOCUMENTS', 'OTHER'] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const openTargets: readonly TargetStatus[] = ['ASSIGNED', 'VISITED', 'APPLIED'];

const order: readonly TargetStatus[] = ['ASSIGNED', 'VISITED', 'APPLIED'];
const leadsTo: Record<VisitOutcome, TargetStatus> = {
  NOT_REACHED: 'ASSIGNED',
  CONTACTED: 'VISITED',
  APPLIED: 'APPLIED',
  LENT: 'LENT',
  REFUSED: 'REFUSED',
  NOT_INTERESTED: 'NOT_INTERESTED',
};

/** The state after a visit: it never goes back; undefined when nothing can follow any more. */
export function statusAfter(status: TargetStatus, outcome: VisitOutcome): TargetStatus | undefined {
  if (!openTargets.includes(status)) return undefined;
  const next = leadsTo[outcome];
  if (!order.includes(next)) return next;
  return order.indexOf(next) > order.indexOf(status) ? next : status;
}

/** What a campaign counts, in one cell. */
export interface ProgressCounts {
  targets: number;
  visited: number;
  applied: number;
  lent: number;
  refused: number;
  notInterested: number;
}

export type Shown<T> = { [K in keyof T]: T[K] | null };

/** Fewer than five enterprises are not shown to regulators (architecture rule 13). */
const smallest = 5;
const measures = ['targets', 'visited', 'applied', 'lent', 'refused', 'notInterested'] as const;

/**
 * The cells of one breakdown as a regulator may see them: counts of 1 to 4 are hidden, and where only one cell of a
 * measure is hidden, which the total would give away, the smallest other one as well.
 */
export function withoutSmall<T extends ProgressCounts>(
  cells: readonly T[],
): (Omit<T, keyof ProgressCounts> & Shown<ProgressCounts>)[] {
  const hidden = new Map(measures.map((measure) => [measure, hiddenOf(cells.map((cell) => cell[measure]))]));
  return cells.map((cell, index) => {
    const shown = Object.fromEntries(
      measures.map((measure) => [measure, hidden.get(measure)!.has(index) ? null : cell[measure]]),
    ) as unknown as Shown<ProgressCounts>;
    return { ...cell, ...shown };
  });
}

function hiddenOf(counts: readonly number[]): Set<number> {
  const hidden = new Set(counts.flatMap((count, index) => (count > 0 && count < smallest ? [index] : [])));
  if (hidden.size !== 1) return hidden;
  const [next] = counts
    .map((count, index) => ({ count, index }))
    .filter(({ index }) => !hidden.has(index))
    .toSorted((a, b) => Number(a.count === 0) - Number(b.count === 0) || a.count - b.count || a.index - b.index);
  return next ? hidden.add(next.index) : hidden;
}

interface Reach {
  considered: number;
  withLoan: number;
  unknown: number;
  targets: number;
}

/**
 * What a campaign reached, without counts of fewer than five. The four add up: where one that is hidden, or the number of
 * those with a loan, would follow from the others, nothing but the number of enterprises looked at is told.
 */
export function shownCounts({ considered, withLoan, unknown, targets }: Reach): Shown<Omit<Reach, 'withLoan'>> {
  const small = (count: number) => count > 0 && count < smallest;
  const parts = [withLoan, unknown, targets].some(small);
  return {
    considered: small(considered) ? null : considered,
    unknown: parts ? null : unknown,
    targets: parts ? null : targets,
  };
}
