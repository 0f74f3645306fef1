import { addDays, addMonths, Clock, type Day, must, monthOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { MeasureName } from '../indicator/measure.rules.js';
import type { Period } from '../indicator/period.rules.js';
import { soFar } from '../indicator/series.rules.js';
import { SeriesService } from '../indicator/series.service.js';
import { type OverviewResponse, type TileResponse, toOverviewResponse, toTileResponse } from './overview.response.js';

/** In the order of the main way through: asked for, taken up, offered, paid. */
const shown: readonly MeasureName[] = ['needs', 'grabs', 'offers', 'disbursedFen', 'firstLoans', 'contactHoursMedian'];

@Injectable()
export class Overview {
  constructor(
    private readonly series: SeriesService,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<OverviewResponse> {
    const today = this.clock.today();
    return this.series.snapshot(async (tx) => {
      const freshness = await this.series.freshness(tx, this.clock.now());
      const tiles: TileResponse[] = [];
      for (const measure of shown) tiles.push(await this.tile(tx, measure, today));
      return toOverviewResponse(monthOf(today), freshness, tiles);
    });
  }

  private async tile(tx: EntityManager, measure: MeasureName, today: Day): Promise<TileResponse> {
    const first = `${monthOf(today)}-01` as Day;
    const year: Period = { from: addMonths(first, -12), to: addDays(addMonths(first, 1), -1) };
    const line = await this.series.read(tx, { measure, by: 'month', period: year, only: {} });
    // The same stretch and the rest of its month are two cells of one line: served or not by the same rule.
    const monthBefore: Period = { from: addMonths(first, -1), to: addDays(first, -1) };
    const upToDate = Number(today.slice(8));
    const parts = await this.series.read(tx, { measure, by: { upToDate }, period: monthBefore, only: {} });
    const sameStretch = must(
      parts.rows.find(({ key }) => key === soFar),
      'a month has a first part',
    );
    return toTileResponse(measure, line, sameStretch);
  }
}
