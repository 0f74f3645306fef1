import type { Day } from '@app/kernel';

import { type Knot, pointsFull } from './piecewise.js';

/** What a value counts: fen, basis points, things, months, days, or steps of a named ladder. */
export type IndicatorUnit = 'FEN' | 'BP' | 'COUNT' | 'MONTHS' | 'DAYS' | 'LEVEL';

export interface ScoredIndicator {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly unit: IndicatorUnit;
  /** Share of its dimension in basis points. */
  readonly weightBp: number;
  readonly knots: readonly Knot[];
  /** Where the line comes from; a guess says so. */
  readonly source: string;
  readonly provisional: boolean;
}

export interface Dimension {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Share of the total in basis points. */
  readonly weightBp: number;
  readonly indicators: readonly ScoredIndicator[];
}

/** A scorecard is data. A published version never changes, or old scores could not be replayed: make a new version. */
export interface ScorecardModel {
  readonly code: string;
  readonly version: string;
  readonly effectiveFrom: Day;
  readonly source: string;
  /** Weights and lines are not the official ones. */
  readonly provisional: boolean;
  readonly scaleMin: number;
  readonly scaleMax: number;
  /** With less of the weight known there is no total, because it would say more about the data than the enterprise. */
  readonly coverageMinBp: number;
  /** Highest first; each begins at `from` (included). */
  readonly bands: readonly { readonly band: string; readonly from: number }[];
  readonly dimensions: readonly Dimension[];
}

/** What is wrong with a model, for the test that guards every version; empty when it is sound. */
export function faultsOfModel(model: ScorecardModel): string[] {
  const indicators = model.dimensions.flatMap((dimension) => dimension.indicators);
  const codes = [...model.dimensions, ...indicators].map(({ code }) => code);
  const lowest = model.bands.at(-1)?.from;
  return [
    ...sumFault('dimensions', model.dimensions),
    ...model.dimensions.flatMap((dimension) => sumFault(dimension.code, dimension.indicators)),
    ...indicators.flatMap(lineFaults),
    new Set(codes).size !== codes.length && 'a code is used twice',
    lowest !== model.scaleMin && 'the lowest band must begin where the scale does',
    !model.bands.every(({ from }, index) => index === 0 || from < model.bands[index - 1]!.from) &&
      'bands must be listed from the highest down',
    model.scaleMin >= model.scaleMax && 'the scale is empty',
  ].filter((fault): fault is string => fault !== false);
}

function sumFault(of: string, parts: readonly { readonly weightBp: number }[]): string[] {
  const sum = parts.reduce((total, { weightBp }) => total + weightBp, 0);
  const whole = parts.every(({ weightBp }) => Number.isInteger(weightBp) && weightBp > 0);
  return sum === 10_000 && whole ? [] : [`weights of ${of} must be whole, positive and sum to 10000, not ${sum}`];
}

function lineFaults({ code, knots }: ScoredIndicator): string[] {
  const ascending = knots.every(({ at }, index) => index === 0 || at > knots[index - 1]!.at);
  const bounded = knots.every(({ points }) => Number.isInteger(points) && points >= 0 && points <= pointsFull);
  return ascending && bounded && knots.length > 1 ? [] : [`the line of ${code} must ascend within 0 to ${pointsFull}`];
}
