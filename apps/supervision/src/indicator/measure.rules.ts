import { medianEdge } from '../fact/contact-hours.rules.js';
import type { FactKind } from '../fact/fact.rules.js';

export const dimensions = ['district', 'industry', 'tier', 'institution', 'month', 'day', 'reason'] as const;
export type Dimension = (typeof dimensions)[number];

export const filters = ['district', 'industry', 'tier', 'institution'] as const;
export type Filter = (typeof filters)[number];

const units = ['COUNT', 'FEN', 'BP', 'HOURS'] as const;
export type Unit = (typeof units)[number];

/** What the rollup holds of one cell. */
export interface Sums {
  count: bigint;
  amount: bigint;
  weight: bigint;
  /** Count by bucket of the hours to contact. */
  buckets: ReadonlyMap<string, bigint>;
}

export const noSums: Sums = { count: 0n, amount: 0n, weight: 0n, buckets: new Map() };

interface Measure {
  kind: FactKind;
  unit: Unit;
  /** A whole or decimal number as text, exact whatever its size; null where nothing happened to take a mean of. */
  valueOf: (sums: Sums) => string | null;
}

const count = (kind: FactKind): Measure => ({ kind, unit: 'COUNT', valueOf: (sums) => String(sums.count) });
const money = (kind: FactKind): Measure => ({ kind, unit: 'FEN', valueOf: (sums) => String(sums.amount) });

/** Everything that a regulator may ask for. */
export const measures = {
  needs: count('NEED'),
  needAmountFen: money('NEED'),
  grabs: count('GRAB'),
  contacts: count('CONTACT'),
  contactHours: { kind: 'CONTACT', unit: 'HOURS', valueOf: meanHours },
  contactHoursMedian: { kind: 'CONTACT', unit: 'HOURS', valueOf: ({ buckets }) => medianEdge(buckets) },
  offers: count('OFFER'),
  offeredFen: money('OFFER'),
  acceptances: count('ACCEPTANCE'),
  disbursements: count('DISBURSEMENT'),
  disbursedFen: money('DISBURSEMENT'),
  weightedRateBp: { kind: 'DISBURSEMENT', unit: 'BP', valueOf: weightedRate },
  firstLoans: count('FIRST_LOAN'),
  declines: count('DECLINE'),
  authorisationsSigned: count('AUTHORISATION_SIGNED'),
  authorisationsRevoked: count('AUTHORISATION_REVOKED'),
} satisfies Record<string, Measure>;
export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as MeasureName[];

/** Average rate of the money lent, weighted by amount, half up. */
function weightedRate({ amount, weight }: Sums): string | null {
  return amount === 0n ? null : String((weight * 2n + amount) / (amount * 2n));
}

/** Mean with one decimal, half up. */
function meanHours({ count: contacts, amount: seconds }: Sums): string | null {
  if (contacts === 0n) return null;
  const divisor = contacts * 360n;
  const tenths = (seconds * 2n + divisor) / (divisor * 2n);
  return `${tenths / 10n}.${tenths % 10n}`;
}

const inTime: readonly Dimension[] = ['month', 'day'];
const ofNeed: readonly Dimension[] = [...inTime, 'district', 'industry', 'tier'];

/**
 * Along what a measure can be told apart: a need is no bank's act, only a decline has a reason, and nothing but its
 * day is frozen on an authorisation.
 */
export function dimensionsOf(measure: MeasureName): readonly Dimension[] {
  const { kind } = measures[measure];
  if (kind === 'AUTHORISATION_SIGNED' || kind === 'AUTHORISATION_REVOKED') return inTime;
  if (kind === 'NEED') return ofNeed;
  return kind === 'DECLINE' ? dimensions : [...ofNeed, 'institution'];
}

/** Relative change in basis points, half away from zero; null without a base. */
export function changeBp(before: string | null, now: string | null): number | null {
  if (before === null || now === null || Number(before) === 0) return null;
  return Math.round(((Number(now) - Number(before)) / Number(before)) * 10_000);
}
