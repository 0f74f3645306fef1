import { FigureResponse, toFigureResponse } from '../indicator/indicator.response.js';
import { changeBp, type MeasureName, measures, type Unit } from '../indicator/measure.rules.js';
import type { Freshness, ServedCell, Series } from '../indicator/series.service.js';

export class MonthFigureResponse extends FigureResponse {
  month: string;
}

export class TileResponse extends FigureResponse {
  measure: MeasureName;
  unit: Unit;
  /** The month before, up to the same date: what the month so far can fairly be held against. */
  before: FigureResponse;
  /** Change against `before` in basis points; null when either is suppressed, absent or zero before. */
  changeBp: number | null;
  /** Thirteen months: this one, which still runs, and the year before it. */
  line: MonthFigureResponse[];
}

export class OverviewResponse {
  /** The month of the tiles; it still runs. */
  month: string;
  /** Everything up to this instant is in the figures. */
  asOf: Date;
  /** Up to when the figures were last found equal to the services' own tables; null before the first time. */
  reconciledAt: Date | null;
  tiles: TileResponse[];
}

const toMonthResponse = ({ key, ...cell }: Series['rows'][number]): MonthFigureResponse => {
  const { value, n, suppressed } = toFigureResponse(cell);
  return { month: key, value, n, suppressed };
};

export const toTileResponse = (measure: MeasureName, { rows }: Series, sameStretch: ServedCell): TileResponse => {
  const line = rows.map(toMonthResponse);
  const now = line.at(-1) ?? { value: null, n: null, suppressed: false };
  const before = toFigureResponse(sameStretch);
  return {
    measure,
    unit: measures[measure].unit,
    value: now.value,
    n: now.n,
    suppressed: now.suppressed,
    before,
    changeBp: changeBp(before.value, now.value),
    line,
  };
};

export const toOverviewResponse = (
  month: string,
  { asOf, reconciledAt }: Freshness,
  tiles: TileResponse[],
): OverviewResponse => ({ month, asOf, reconciledAt, tiles });
