import { marketplaceFollowed } from '@app/contracts';
import { Clock } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { MatchingService } from './matching.service.js';

/** Needs that one transaction reads and matches anew. */
const pageMax = 200;

interface Open {
  run_id: string;
  after_id: string | null;
  done: string;
}

/**
 * Matches all open needs with the profiles as a rebuild has left them, and says how far it is. It is all that the marketplace
 * keeps of records and profiles: what a need, a list or a campaign says of an enterprise was frozen at the act and stays.
 */
@Injectable()
export class RebuildMatchJob extends PeriodicJob {
  /** A look that finds nothing reads an empty index. */
  protected override readonly everyMs = 2_000;

  constructor(
    private readonly db: DataSource,
    private readonly matching: MatchingService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    while (await this.db.transaction((tx) => this.page(tx)));
  }

  /** One page of the oldest rebuild; place, matches and what is told of them are one transaction. False when all is done. */
  private async page(tx: EntityManager): Promise<boolean> {
    const [open]: Open[] = await tx.query(
      `select run_id, after_id, done from rebuild_match where ended_at is null order by run_id limit 1
       for update skip locked`,
    );
    if (!open) return false;
    const now = this.clock.now();
    const needs: { id: string }[] = await tx.query(
      `select id from need where ended_at is null and status in ('PUBLISHED', 'FULL') and ($1::uuid is null or id > $1)
       order by id limit $2`,
      [open.after_id, pageMax],
    );
    const ids = needs.map(({ id }) => id);
    await this.matching.matchNeeds(tx, ids, now);
    const [done, ended] = [Number(open.done) + ids.length, ids.length < pageMax];
    await tx.query('update rebuild_match set after_id = $2, done = $3, ended_at = $4 where run_id = $1', [
      open.run_id,
      ids.at(-1) ?? open.after_id,
      done,
      ended ? now : null,
    ]);
    const told = { runId: open.run_id, follower: 'marketplace.matches' as const, heard: 1, done, ended };
    await addToOutbox(tx, marketplaceFollowed, { ...told, total: ended ? done : null }, now);
    return true;
  }
}
