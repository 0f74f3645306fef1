import type { Dimension, MeasureName, Unit } from './measure.rules.js';
import { measures } from './measure.rules.js';
import type { Freshness, ServedCell, Series } from './series.service.js';

/** One figure. Suppressed: fewer than five enterprises are behind it, or one that has fewer would follow from it. */
export class FigureResponse {
  /** Decimal number as text in the unit of the answer; null when suppressed, or when there is nothing to take a mean of. */
  value: string | null;
  /** Distinct enterprises behind it; null when suppressed. */
  n: number | null;
  suppressed: boolean;
}

export class IndicatorRowResponse extends FigureResponse {
  /** Month, day, or code of what the row stands for; NONE where it is not known or there is none. */
  key: string;
}

export class IndicatorsResponse {
  measure: MeasureName;
  unit: Unit;
  by: Dimension;
  /** First day that counts, in Asia/Shanghai. */
  from: string;
  /** Last day that counts. */
  to: string;
  /** Everything up to this instant is in the figures. */
  asOf: Date;
  /** Up to when the figures were last found equal to the services' own tables; null before the first time. */
  reconciledAt: Date | null;
  /** Of all rows together; enterprises of several rows count once. */
  total: FigureResponse;
  rows: IndicatorRowResponse[];
}

/** Nothing of a suppressed cell leaves, not even how many enterprises it has. */
const hidden = { value: null, n: null, suppressed: true };

export const toFigureResponse = ({ value, n, suppressed }: ServedCell): FigureResponse =>
  suppressed ? hidden : { value, n, suppressed };

const toRowResponse = ({ key, ...cell }: Series['rows'][number]): IndicatorRowResponse => {
  const { value, n, suppressed } = toFigureResponse(cell);
  return { key, value, n, suppressed };
};

export const toIndicatorsResponse = (
  asked: { measure: MeasureName; by: Dimension; from: string; to: string },
  { total, rows }: Series,
  { asOf, reconciledAt }: Freshness,
): IndicatorsResponse => ({
  measure: asked.measure,
  unit: measures[asked.measure].unit,
  by: asked.by,
  from: asked.from,
  to: asked.to,
  asOf,
  reconciledAt,
  total: toFigureResponse(total),
  rows: rows.map(toRowResponse),
});
