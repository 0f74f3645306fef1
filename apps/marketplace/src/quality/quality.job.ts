import { Clock, dayOf, type Month, monthOf } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { QualityService } from './quality.service.js';

/** On the first day of a month the one before is scored; after months of sleep each of them is, when the process wakes. */
@Injectable()
export class QualityJob extends PeriodicJob {
  protected readonly everyMs = 10 * 60_000;
  private done: Month | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly quality: QualityService,
  ) {
    super();
  }

  /** Nothing more can be missing before the next month begins: the first grab is not looked for every ten minutes. */
  async run(): Promise<void> {
    const now = this.clock.now();
    const month = monthOf(dayOf(now));
    if (month === this.done) return;
    await this.db.transaction((tx) => this.quality.computeMissing(tx, now));
    this.done = month;
  }
}
