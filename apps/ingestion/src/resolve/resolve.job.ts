import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import { Following } from './following.service.js';
import { Matcher } from './matcher.service.js';
import { NameRegister } from './name-register.service.js';
import { onManager } from './querying.driver.js';
import { Redelivery } from './redelivery.service.js';

/** Keeps the names up to date, looks at waiting claims again when there are new ones, and carries decisions out. */
@Injectable()
export class ResolveJob extends PeriodicJob {
  protected readonly everyMs = 5_000;

  constructor(
    private readonly contracts: Contracts,
    private readonly following: Following,
    private readonly register: NameRegister,
    private readonly matcher: Matcher,
    private readonly redelivery: Redelivery,
  ) {
    super();
  }

  async run(): Promise<void> {
    if (!worksOnBatches()) return;
    for (const { feed, registers } of this.contracts.all())
      if (registers)
        await this.following.follow('NAMES', feed, (tx, usccs) => this.register.take(onManager(tx), feed, usccs));
    await this.matcher.rematch();
    await this.redelivery.run();
  }
}
