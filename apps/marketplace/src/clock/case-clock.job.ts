import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { CaseClock, fromTheFirst } from './case-clock.service.js';

/** A reminder may come a minute late and no more. */
const roundMs = 60_000;

/** Cases reminded of in one transaction. */
const partMax = 500;

/** Reminds before deadlines and ends pauses. Safe in several copies: what one has said or written, no other does again. */
@Injectable()
export class CaseClockJob extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly clocks: CaseClock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.runAt(this.clock.now());
  }

  /** One round as at an instant. */
  async runAt(now: Date): Promise<void> {
    while ((await this.db.transaction((tx) => this.clocks.endPauses(tx, now))) > 0);
    let near = await this.clocks.near(this.db.manager, now, fromTheFirst);
    while (near.length > 0) {
      for (let from = 0; from < near.length; from += partMax)
        await this.db.transaction((tx) => this.clocks.remind(tx, now, near.slice(from, from + partMax)));
      near = await this.clocks.near(this.db.manager, now, near.at(-1)!);
    }
  }
}
