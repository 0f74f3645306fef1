import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { worksOnBatches } from '../ingestion.config.js';
import { Letters } from './letter.service.js';
import { Measuring } from './measuring.service.js';
import { QualityDays } from './quality-day.service.js';

/** Measures what deliveries changed, writes today's lines, and issues the letters of a month that is over. */
@Injectable()
export class QualityJob extends PeriodicJob {
  /** A minute: people look at quality by the day. */
  protected readonly everyMs = 60_000;

  constructor(
    private readonly measuring: Measuring,
    private readonly days: QualityDays,
    private readonly letters: Letters,
  ) {
    super();
  }

  async run(): Promise<void> {
    if (!worksOnBatches()) return;
    await this.measuring.run();
    await this.days.run();
    await this.letters.run();
  }
}
