import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { worksOnBatches } from '../ingestion.config.js';
import { AccountRedelivery } from './account-redelivery.service.js';

/** Records follow accounts that were never whose they were said to be. */
@Injectable()
export class AccountMoveJob extends PeriodicJob {
  protected override readonly everyMs = 5_000;

  constructor(private readonly redelivery: AccountRedelivery) {
    super();
  }

  override async run(): Promise<void> {
    if (worksOnBatches()) await this.redelivery.run();
  }
}
