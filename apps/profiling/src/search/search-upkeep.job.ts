import { SearchUpkeep } from '@app/search';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

/** Changes of a search engine of its own follow at once; PostgreSQL alone needs a look only for builds. */
const followMs = 300;
const lookMs = 1_000;

/** Copies of the service share it through a lock. */
@Injectable()
export class SearchUpkeepJob extends PeriodicJob {
  protected readonly everyMs: number;

  constructor(private readonly upkeep: SearchUpkeep) {
    super();
    this.everyMs = upkeep.follows ? followMs : lookMs;
  }

  /** Lets the next round compare, instead of the one that is due within the hour. */
  lookSoon(): void {
    this.upkeep.reconcileSoon();
  }

  async run(): Promise<void> {
    await this.upkeep.run();
  }
}
