import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { FeedPaused } from './operation.error.js';

/** Which feeds rest. Asked of the database each time: a pause holds in every copy from the next look on. */
@Injectable()
export class Pauses {
  constructor(private readonly db: DataSource) {}

  async paused(): Promise<ReadonlySet<string>> {
    const rows: { feed: string }[] = await this.db.query('select feed from paused_feed');
    return new Set(rows.map(({ feed }) => feed));
  }

  async isPaused(feed: string): Promise<boolean> {
    const rows: unknown[] = await this.db.query('select from paused_feed where feed = $1', [feed]);
    return rows.length > 0;
  }

  /** @throws FeedPaused */
  async expectFlowing(feed: string): Promise<void> {
    if (await this.isPaused(feed)) throw new FeedPaused();
  }
}
