import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { CaseClock, fromTheFirst, type Place } from './case-clock.service.js';

/** A reminder may come a minute late and no more. */
const roundMs = 60_000;

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
    for (let place: Place | null = fromTheFirst; place !== null;) {
      const from: Place = place;
      place = await this.db.transaction((tx) => this.clocks.remind(tx, now, from));
    }
  }
}
