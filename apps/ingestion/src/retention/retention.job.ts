import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import { Deletion, type KeptRow } from './deletion.service.js';
import { keptUntil } from './retention.rules.js';

/** Heads looked at in one transaction, and pages in one round. */
const pageRows = 1_000;
const pagesMax = 50;

/**
 * Goes through the records of each feed once a day, page by page, so that a day's look at half a milliard of records
 * is many short transactions; a round that was cut off goes on where it stood.
 */
@Injectable()
export class RetentionJob extends PeriodicJob {
  protected override readonly everyMs = 60_000;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
    private readonly deletion: Deletion,
  ) {
    super();
  }

  override async run(): Promise<void> {
    if (!worksOnBatches()) return;
    let pages = pagesMax;
    for (const contract of this.contracts.all().filter(({ retention }) => retention !== undefined))
      while (pages > 0 && (await this.db.transaction((tx) => this.page(tx, contract)))) pages -= 1;
  }

  /** True when the feed has another page today. */
  private async page(tx: EntityManager, contract: Contract): Promise<boolean> {
    const today = this.clock.today();
    await tx.query('insert into retention_round (feed) values ($1) on conflict do nothing', [contract.feed]);
    const [round]: { after_key: string | null }[] = await tx.query(
      `select after_key from retention_round where feed = $1 and finished_on is distinct from $2::date
       for update skip locked`,
      [contract.feed, today],
    );
    if (!round) return false;
    const rows: KeptRow[] = await tx.query(
      `select h.record_key, h.uscc, h.version, h.withdrawn, r.batch_id, r.event_date::text, r.fields
       from record_head h join record r on r.uscc = h.uscc and r.feed_id = h.feed_id and r.record_key = h.record_key
         and r.version = h.version
       where h.feed_id = $1 and ($2::text is null or h.record_key > $2) order by h.record_key limit $3`,
      [this.contracts.idOf(contract.feed), round.after_key, pageRows],
    );
    const over = rows.filter(({ event_date: eventDate, fields }) => {
      const last = keptUntil(contract, { eventDate, fields });
      return last !== null && last < today;
    });
    if (over.length > 0) await this.deletion.of(tx, contract, over, this.clock.now());
    const more = rows.length === pageRows;
    await tx.query(
      `update retention_round set after_key = $2, finished_on = case when $3 then $4::date else finished_on end
       where feed = $1`,
      [contract.feed, more ? rows.at(-1)!.record_key : null, !more, today],
    );
    return more;
  }
}
