import { databaseUrlOf } from '@app/config';
import { Clock } from '@app/kernel';
import { Relay } from '@app/messaging';
import { withCorrelation } from '@app/observe';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { lanesMax, worksOnBatches } from '../ingestion.config.js';
import { BatchWorker, type OpenBatch } from './batch-worker.service.js';

/** How often an idle process looks; an upload to this process is taken up at once. */
const pollMs = 1_000;

/** Any number that no other advisory lock of the house uses; the second half of the key is the feed's number. */
export const feedLock = 7_301;

/** Plans that hold while the tables grow from nothing: one probe of an index a key, never a whole table. */
const session = `
  set plan_cache_mode = force_generic_plan; set enable_hashjoin = off; set enable_mergejoin = off;
  set enable_seqscan = off; set jit = off; set statement_timeout = 0`;

/**
 * Works on batches in the background. A feed's batches are worked on one after another in the order of arrival, by
 * whoever holds the feed's advisory lock on the connection that also does the work: when a process dies, its connection
 * and lock go with it, and the next process goes on from the last committed part at once.
 */
@Injectable()
export class BatchJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BatchJob.name);
  private readonly lanes = new Set<Promise<void>>();
  private readonly feeds = new Set<string>();
  /** Feeds that an operator paused, as of the last look. */
  private paused: ReadonlySet<string> = new Set();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly worker: BatchWorker,
    private readonly clock: Clock,
    private readonly relay: Relay,
  ) {}

  onApplicationBootstrap(): void {
    if (!worksOnBatches()) return;
    this.timer = setInterval(() => this.nudge(), pollMs);
    this.nudge();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.lanes);
  }

  /** Says that there may be work; cheap, never throws. */
  nudge(): void {
    if (!worksOnBatches() || this.stopping) return;
    this.looking ??= this.look()
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => (this.looking = undefined));
  }

  /** Feeds that this copy is at right now. */
  workingOn(): string[] {
    return [...this.feeds].toSorted();
  }

  /** Works until no batch is left that this process may take. */
  async run(): Promise<void> {
    do {
      await this.looking;
      await this.look();
      await Promise.all(this.lanes);
    } while ((await this.openFeeds()).length > 0 && !this.stopping);
  }

  private async look(): Promise<void> {
    const paused: { feed: string }[] = await this.db.query('select feed from paused_feed');
    this.paused = new Set(paused.map(({ feed }) => feed));
    for (const feed of await this.openFeeds()) {
      if (this.stopping || this.lanes.size >= lanesMax()) return;
      if (this.feeds.has(feed)) continue;
      this.feeds.add(feed);
      const lane = this.workOn(feed)
        .catch((error: unknown) => this.logger.error(error))
        .finally(() => {
          this.feeds.delete(feed);
          this.lanes.delete(lane);
        });
      this.lanes.add(lane);
    }
  }

  /** Feeds whose first open batch may be worked on now, oldest first. */
  private async openFeeds(): Promise<string[]> {
    const rows: { feed: string }[] = await this.db.query(
      `select feed from (
         select distinct on (feed) feed, arrival, not_before from batch
         where status in ('RECEIVED', 'RUNNING') order by feed, arrival
       ) first
       where (not_before is null or not_before <= clock_timestamp()) and feed not in (select feed from paused_feed)
       order by arrival`,
    );
    return rows.map(({ feed }) => feed);
  }

  private async workOn(feed: string): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrlOf('ingestion'), keepAlive: true });
    // A lost connection also rejects the query in hand; without a listener it would end the process.
    client.on('error', (error) => this.logger.warn(error.message));
    await client.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [
        feedLock,
        this.contracts.idOf(feed),
      ]);
      if (!rows[0]?.mine) return;
      await client.query(session);
      await this.workThrough(client, feed);
    } finally {
      await client.end();
    }
    this.nudge();
  }

  private async workThrough(client: pg.Client, feed: string): Promise<void> {
    let batch = await this.worker.next(client, feed);
    while (batch && !this.stopping) {
      await this.workOnBatch(client, batch);
      batch = await this.worker.next(client, feed);
    }
  }

  private workOnBatch(client: pg.Client, batch: OpenBatch): Promise<void> {
    return withCorrelation(batch.id, () =>
      this.worker.work(client, batch, {
        now: () => this.clock.now(),
        committed: () => this.relay.nudge(),
        stopping: () => this.stopping || this.paused.has(batch.feed),
      }),
    );
  }
}
