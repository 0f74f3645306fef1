import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';

/** Work that follows what deliveries changed. */
export type Follower = 'NAMES' | 'QUALITY';

interface EndedBatch {
  id: string;
  arrival: string;
}

/** Enterprises worked on in one go, in a short transaction of its own. */
const chunkMax = 2_000;
/** Batches of one feed taken in one round, so that no feed waits for another. */
const batchesMax = 50;

/**
 * Tells followers batch by batch which enterprises a feed's deliveries changed. Batches of a feed end in the order of
 * their arrival, so the last arrival that was followed is all that must be kept. A follower that dies in between sees
 * the same batch again.
 */
@Injectable()
export class Following {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  /** Calls `work` for what changed, in short transactions; gives how many batches were followed. */
  async follow(
    follower: Follower,
    feed: string,
    work: (tx: EntityManager, usccs: string[]) => Promise<void>,
    chunk = chunkMax,
  ): Promise<number> {
    const batches = await this.ended(follower, feed);
    for (const batch of batches) {
      const usccs = await this.touchedBy(feed, batch.id);
      for (let from = 0; from < usccs.length; from += chunk)
        await this.db.transaction((tx) => work(tx, usccs.slice(from, from + chunk)));
      await this.db.query(
        `insert into followed (follower, feed, arrival, followed_at) values ($1, $2, $3, $4)
         on conflict (follower, feed) do update
         set arrival = greatest(followed.arrival, excluded.arrival), followed_at = excluded.followed_at`,
        [follower, feed, batch.arrival, this.clock.now()],
      );
    }
    return batches.length;
  }

  /** Ended, not followed yet, and none before them still open. */
  private async ended(follower: Follower, feed: string): Promise<EndedBatch[]> {
    const rows: (EndedBatch & { status: string })[] = await this.db.query(
      `select id, arrival, status from batch
       where feed = $1 and arrival > coalesce((select arrival from followed where follower = $2 and feed = $1), 0)
       order by arrival limit $3`,
      [feed, follower, batchesMax],
    );
    const open = rows.findIndex(({ status }) => status === 'RECEIVED' || status === 'RUNNING');
    return open < 0 ? rows : rows.slice(0, open);
  }

  /** Those whose records the batch wrote, and those whose records it took away. */
  private async touchedBy(feed: string, batchId: string): Promise<string[]> {
    const rows: { uscc: string }[] = await this.db.query(
      `with written as materialized (
         select uscc, record_key, version from record where batch_id = $1 and feed_id = $2
       )
       select uscc from written
       union
       select m.uscc_from from written w
       join record_move m on m.feed_id = $2 and m.record_key = w.record_key and m.version = w.version
       order by uscc`,
      [batchId, this.contracts.idOf(feed)],
    );
    return rows.map(({ uscc }) => uscc);
  }
}
