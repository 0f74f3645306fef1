import { Clock, type InputFault, InvalidInput } from '@app/kernel';
import { Injectable } from '@nestjs/common';

import { type IndicatorsResponse, toIndicatorsResponse } from './indicator.response.js';
import type { ListIndicatorsQuery } from './list-indicators.request.js';
import { dimensionsOf, type Filter, filters, type MeasureName } from './measure.rules.js';
import { periodOf } from './period.rules.js';
import { none } from './series.rules.js';
import { SeriesService } from './series.service.js';

/**
 * Two filters at a time: the table that the suppression looks at grows with each, and cells that fine are hardly ever
 * of five enterprises.
 */
const filtersMax = 2;

@Injectable()
export class Indicators {
  constructor(
    private readonly series: SeriesService,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput */
  async list(query: ListIndicatorsQuery): Promise<IndicatorsResponse> {
    const { by, measure = 'needs' } = query;
    const read = periodOf(query, this.clock.today());
    const faults = [...faultsOfCut(query, measure), ...('faults' in read ? read.faults : [])];
    if (faults.length > 0 || 'faults' in read) throw new InvalidInput(faults);
    const { period } = read;
    const only = Object.fromEntries(
      filters.flatMap((name) => {
        const value = query[name];
        return value === undefined ? [] : [[name, value === none ? '' : value] as const];
      }),
    ) as Partial<Record<Filter, string>>;
    return this.series.snapshot(async (tx) => {
      const freshness = await this.series.freshness(tx, this.clock.now());
      const found = await this.series.read(tx, { measure, by, period, only });
      return toIndicatorsResponse({ measure, by, ...period }, found, freshness);
    });
  }
}

/** What the measure cannot be told apart by, and more filters than are allowed. */
function faultsOfCut(query: ListIndicatorsQuery, measure: MeasureName): InputFault[] {
  const known = dimensionsOf(measure);
  const asked = filters.filter((name) => query[name] !== undefined);
  const detail = `${measure} can only be told apart by ${known.join(', ')}`;
  return [
    ...(known.includes(query.by) ? [] : [{ pointer: '/by', detail }]),
    ...asked.filter((name) => !known.includes(name)).map((name) => ({ pointer: `/${name}`, detail })),
    ...asked
      .slice(filtersMax)
      .map((name) => ({ pointer: `/${name}`, detail: `at most ${filtersMax} filters at once` })),
  ];
}
