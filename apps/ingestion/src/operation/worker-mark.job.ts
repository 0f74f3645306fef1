import { randomUUID } from 'node:crypto';

import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { BatchJob } from '../apply/batch.job.js';
import { lanesMax, worksOnBatches } from '../ingestion.config.js';

/** Says every few seconds that this copy of the service is there and works; one that died is forgotten after a day. */
@Injectable()
export class WorkerMarkJob extends PeriodicJob {
  protected override readonly everyMs = 3_000;
  private readonly id = randomUUID();

  constructor(
    private readonly db: DataSource,
    private readonly batches: BatchJob,
  ) {
    super();
  }

  override async run(): Promise<void> {
    if (!worksOnBatches()) return;
    await this.db.query(
      `insert into worker (id, started_at, seen_at, lanes, feeds)
       values ($1, clock_timestamp(), clock_timestamp(), $2, $3)
       on conflict (id) do update set seen_at = excluded.seen_at, lanes = excluded.lanes, feeds = excluded.feeds`,
      [this.id, lanesMax(), this.batches.workingOn()],
    );
    await this.db.query(`delete from worker where seen_at < clock_timestamp() - interval '1 day'`);
  }

  /** Whoever was told to end is not missed; without a database the mark grows old by itself. */
  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    await this.db.query('delete from worker where id = $1', [this.id]).catch(() => undefined);
  }
}
