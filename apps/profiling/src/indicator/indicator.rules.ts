import type { Day } from '@app/kernel';
import { floorDivide, type IndicatorUnit } from '@app/scorecard';

import type { Feed, SourceRecord } from '../record/record.rules.js';

/** A figure of an enterprise with where it comes from. Money is a string of whole fen; null is "not known". */
export interface Indicator {
  readonly code: string;
  readonly value: string | number | null;
  readonly unit: IndicatorUnit;
  /** The feed that speaks. */
  readonly source: string;
  /** The day of the fact; null for a finding that rests on no record. */
  readonly asOf: Day | null;
  /** The newest record that it rests on; null where the absence of records is the finding. */
  readonly recordKey: string | null;
  readonly recordVersion: number | null;
}

type Name = readonly [code: string, unit: IndicatorUnit, source: Feed];

/** An indicator that one record states, or the newest of several. Without a record and value it is not known. */
export function indicator([code, unit, source]: Name, value: bigint | null, record?: SourceRecord): Indicator {
  return {
    code,
    value: value === null ? null : unit === 'FEN' ? value.toString() : Number(value),
    unit,
    source,
    asOf: value === null ? null : (record?.eventDate ?? null),
    recordKey: value === null ? null : (record?.recordKey ?? null),
    recordVersion: value === null ? null : (record?.version ?? null),
  };
}

/**
 * A count over a feed that is complete for the city: no record is a finding of its own, as of whatever day one looks,
 * and therefore without a day here.
 */
export const finding = (name: Name, value: bigint, records: readonly SourceRecord[]): Indicator =>
  indicator(name, value, records[0]);

/** What the scorecard reads. */
export function valuesOf(indicators: readonly Indicator[]): Map<string, bigint | null> {
  return new Map(indicators.map(({ code, value }) => [code, value === null ? null : BigInt(value)]));
}

/** A hundredfold says all there is to say; beyond it a slip in a source would not fit a number. */
const shareBpMax = 1_000_000n;

/** `part / whole` in basis points, cut towards minus infinity; null when `whole` is not positive. */
export function shareBp(part: bigint | null, whole: bigint | null): bigint | null {
  if (part === null || whole === null || whole <= 0n) return null;
  const share = floorDivide(part * 10_000n, whole);
  return share > shareBpMax ? shareBpMax : share < -shareBpMax ? -shareBpMax : share;
}

/** Growth from `before` to `now` in basis points; null when there was nothing to grow from. */
export function growthBp(now: bigint | null, before: bigint | null): bigint | null {
  return now === null || before === null ? null : shareBp(now - before, before);
}

export const big = (value: number | null): bigint | null => (value === null ? null : BigInt(value));
