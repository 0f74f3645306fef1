import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { SearchHits } from './search-hits.service.js';

const roundMs = 60_000;

/**
 * A need that one bank may look at first comes onto the board of all others without any event: when its window is over,
 * their saved searches look at it. The row of the watch keeps copies of the service apart.
 */
@Injectable()
export class SearchWindowJob extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly hits: SearchHits,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction((tx) => this.look(tx, now));
  }

  private async look(tx: EntityManager, now: Date): Promise<void> {
    const watch: unknown[] = await tx.query('select 1 from search_watch for update skip locked');
    if (watch.length === 0) return;
    const over: { id: string }[] = await tx.query(
      `select id from need
       where ended_at is null and exclusive_until >= (select until from search_watch) and exclusive_until < $1`,
      [now],
    );
    if (over.length > 0)
      await this.hits.find(
        tx,
        over.map(({ id }) => id),
        now,
      );
    await tx.query('update search_watch set until = $1 where until < $1', [now]);
  }
}
