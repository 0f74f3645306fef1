import { Clock, dayOf } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { theService } from '../audit/audit.service.js';
import { ListingService } from './listing.service.js';

const roundMs = 300_000;

/** Closes lists whose last day is over. What somebody else is at is left to the next round. */
@Injectable()
export class ListingJob extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly listings: ListingService,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction((tx) => this.closeDue(tx, now));
  }

  private async closeDue(tx: EntityManager, now: Date): Promise<void> {
    const due: { id: string }[] = await tx.query(
      `select id from listing where status = 'PUBLISHED' and closes_on < $1 order by id limit 100
       for no key update skip locked`,
      [dayOf(now)],
    );
    for (const { id } of due) await this.listings.end(tx, id, theService, now);
  }
}
