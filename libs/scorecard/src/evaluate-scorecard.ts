import type { Reason } from '@app/kernel';

import { pointsFull, pointsOn, roundDivide } from './piecewise.js';
import { type ScoredFacts, scoreReasons } from './score-reasons.js';
import type { Dimension, ScorecardModel } from './scorecard-model.js';

/** Values of indicators by code; absent or null is "not known", which is never 0. */
export type IndicatorValues = ReadonlyMap<string, bigint | null>;

export interface DimensionScore {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** 0 to 100; null when nothing of it is known. */
  readonly score: number | null;
  /** How much of its weight is known, in basis points. */
  readonly coverageBp: number;
}

export interface ScorecardResult {
  readonly model: string;
  readonly modelVersion: string;
  readonly provisional: boolean;
  /** On the model's scale; null when too little is known. */
  readonly score: number | null;
  readonly band: string | null;
  readonly coverageBp: number;
  readonly dimensions: readonly DimensionScore[];
  /** Hundredths of a point by indicator, known ones only. */
  readonly points: Readonly<Record<string, number>>;
  /** What lifted the score most and what held it back most. */
  readonly reasons: readonly Reason[];
  /** Codes of the indicators that are not known. */
  readonly missing: readonly string[];
}

/**
 * Scores values by a model: points on each indicator's line, their weighted mean in each dimension, and the weighted
 * mean of the dimensions on the scale. What is not known takes no part in a mean. The same values and version give
 * the same result, bit for bit, for ever.
 */
export function evaluateScorecard(model: ScorecardModel, values: IndicatorValues): ScorecardResult {
  const facts = model.dimensions.flatMap((dimension) => factsOf(dimension, values));
  const dimensions = model.dimensions.map((dimension) => ({ dimension, ...meanOf(dimension, facts) }));
  const known = dimensions.filter(({ points }) => points !== null);
  const coverageBp = Number(
    sum(dimensions.map(({ dimension, coverageBp: part }) => BigInt(dimension.weightBp) * BigInt(part))) / 10_000n,
  );
  const score = coverageBp < model.coverageMinBp || known.length === 0 ? null : totalOf(model, known);
  return {
    model: model.code,
    modelVersion: model.version,
    provisional: model.provisional,
    score,
    band: score === null ? null : (model.bands.find(({ from }) => score >= from)?.band ?? null),
    coverageBp,
    dimensions: dimensions.map(({ dimension: { code, zh, en }, points, coverageBp: part }) => ({
      code,
      zh,
      en,
      score: points === null ? null : Number(roundDivide(BigInt(points), 100n)),
      coverageBp: part,
    })),
    points: Object.fromEntries(
      facts.flatMap(({ indicator, points }) => (points === null ? [] : [[indicator.code, points]])),
    ),
    reasons: scoreReasons(facts),
    missing: facts.filter(({ points }) => points === null).map(({ indicator }) => indicator.code),
  };
}

function factsOf(dimension: Dimension, values: IndicatorValues): ScoredFacts[] {
  return dimension.indicators.map((indicator) => {
    const value = values.get(indicator.code) ?? null;
    return { dimension, indicator, value, points: value === null ? null : pointsOn(indicator.knots, value) };
  });
}

function meanOf(dimension: Dimension, facts: readonly ScoredFacts[]): { points: number | null; coverageBp: number } {
  const known = facts.filter((fact) => fact.dimension === dimension && fact.points !== null);
  const coverageBp = known.reduce((total, { indicator }) => total + indicator.weightBp, 0);
  if (coverageBp === 0) return { points: null, coverageBp };
  const weighted = sum(known.map(({ indicator, points }) => BigInt(indicator.weightBp) * BigInt(points ?? 0)));
  return { points: Number(roundDivide(weighted, BigInt(coverageBp))), coverageBp };
}

function totalOf(model: ScorecardModel, known: readonly { dimension: Dimension; points: number | null }[]): number {
  const weights = sum(known.map(({ dimension }) => BigInt(dimension.weightBp)));
  const weighted = sum(known.map(({ dimension, points }) => BigInt(dimension.weightBp) * BigInt(points ?? 0)));
  const range = BigInt(model.scaleMax - model.scaleMin);
  return model.scaleMin + Number(roundDivide(weighted * range, weights * BigInt(pointsFull)));
}

const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);
