import type { Knot } from '../piecewise.js';
import type { IndicatorUnit, ScoredIndicator } from '../scorecard-model.js';

type Corner = readonly [at: number | bigint, points: number];

/** One indicator in four lines of a model's data; corners in whole units of the indicator and hundredths of points. */
export function indicator(
  [code, unit, weightBp]: readonly [code: string, unit: IndicatorUnit, weightBp: number],
  [zh, en]: readonly [zh: string, en: string],
  corners: readonly Corner[],
  source = 'own line, provisional',
): ScoredIndicator {
  const knots: Knot[] = corners.map(([at, points]) => ({ at: BigInt(at), points }));
  return { code, zh, en, unit, weightBp, knots, source, provisional: true };
}

/** 万元 in fen. */
export const wan = (amount: number): bigint => BigInt(amount) * 1_000_000n;
