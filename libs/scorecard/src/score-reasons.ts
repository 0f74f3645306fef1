import { type Fen, formatWan, never, type Reason } from '@app/kernel';

import { pointsFull } from './piecewise.js';
import type { Dimension, IndicatorUnit, ScoredIndicator } from './scorecard-model.js';

export interface ScoredFacts {
  readonly dimension: Dimension;
  readonly indicator: ScoredIndicator;
  readonly value: bigint | null;
  readonly points: number | null;
}

/** More than five each way is a table, not a reason. */
const reasonsEachMax = 5;

/** What moved the total furthest from the middle: up to five that lifted it, then up to five that held it back. */
export function scoreReasons(facts: readonly ScoredFacts[]): Reason[] {
  const moved = facts
    .filter((fact): fact is Moving => fact.points !== null && fact.value !== null)
    .map((fact) => ({ fact, effect: effectOf(fact) }))
    .toSorted(
      (a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.fact.indicator.code < b.fact.indicator.code ? -1 : 1),
    );
  const lifted = moved.filter(({ effect }) => effect > 0).slice(0, reasonsEachMax);
  const held = moved.filter(({ effect }) => effect < 0).slice(0, reasonsEachMax);
  return [...lifted.map(({ fact }) => reasonOf(fact, true)), ...held.map(({ fact }) => reasonOf(fact, false))];
}

type Moving = ScoredFacts & { readonly value: bigint; readonly points: number };

/** At most 10^4 * 10^4 * 5 000, a safe whole number. */
const effectOf = ({ dimension, indicator, points }: Moving): number =>
  dimension.weightBp * indicator.weightBp * (points - pointsFull / 2);

function reasonOf({ dimension, indicator, value }: Moving, lifts: boolean): Reason {
  const [zhValue, enValue] = wordsOf(value, indicator.unit);
  return {
    code: `${lifts ? 'LIFTS' : 'HOLDS_BACK'}_${indicator.code}`,
    zh: `${indicator.zh} ${zhValue}，${lifts ? '提升' : '拉低'}“${dimension.zh}”`,
    en: `${indicator.en} ${enValue} ${lifts ? 'lifts' : 'holds back'} “${dimension.en}”`,
  };
}

function wordsOf(value: bigint, unit: IndicatorUnit): [zh: string, en: string] {
  switch (unit) {
    case 'FEN':
      return [`${formatWan(value as Fen)} 万元`, `${formatWan(value as Fen)} (10,000 yuan)`];
    case 'BP':
      return [percent(value), percent(value)];
    case 'MONTHS':
      return [`${value} 个月`, `${value} months`];
    case 'DAYS':
      return [`${value} 天`, `${value} days`];
    case 'LEVEL':
      return [`第 ${value} 级`, `level ${value}`];
    case 'COUNT':
      return [`${value}`, `${value}`];
    default:
      return never(unit);
  }
}

function percent(bp: bigint): string {
  const digits = (bp < 0n ? -bp : bp).toString().padStart(3, '0');
  return `${bp < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}%`;
}
