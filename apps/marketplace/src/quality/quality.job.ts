import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { QualityService } from './quality.service.js';

/** On the first day of a month the one before is scored; after months of sleep each of them is, when the process wakes. */
@Injectable()
export class QualityJob extends PeriodicJob {
  protected readonly everyMs = 10 * 60_000;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly quality: QualityService,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.db.transaction((tx) => this.quality.computeMissing(tx, this.clock.now()));
  }
}
