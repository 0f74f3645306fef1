import { recordsChanged } from '@app/contracts';
import { Clock, dayOf, type Uscc } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import { type InForce, writePublicity } from './publicity.driver.js';
import { hasPublicityEnd } from './publicity.rules.js';

/** One transaction hides so many, and leaves the relay its turn. */
const hiddenMax = 2_000;
const pageRows = 2_000;
const pagesMax = 20;

interface Due {
  feed: string;
  uscc: Uscc;
  batch_id: string;
}

/** Hides what was shown for the last time yesterday; and goes through the records of before when a contract changed. */
@Injectable()
export class PublicityJob extends PeriodicJob {
  protected override readonly everyMs = 30_000;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
  ) {
    super();
  }

  override async run(): Promise<void> {
    if (!worksOnBatches()) return;
    let pages = pagesMax;
    for (const contract of this.contracts.all().filter(hasPublicityEnd))
      while (pages > 0 && (await this.db.transaction((tx) => this.takeUp(tx, contract)))) pages -= 1;
    while ((await this.db.transaction((tx) => this.hide(tx))) === hiddenMax);
  }

  /** Rows of another copy's round are skipped. The event leaves with the fact that the record is hidden. */
  private async hide(tx: EntityManager): Promise<number> {
    const now = this.clock.now();
    const due: Due[] = await tx.query(
      `with due as (
         select feed_id, record_key from publicity where not hidden and public_until < $1
         order by public_until limit $2 for update skip locked
       ), hidden as (
         update publicity p set hidden = true from due
         where p.feed_id = due.feed_id and p.record_key = due.record_key
         returning p.feed_id, p.record_key, p.uscc, p.version
       )
       select f.feed, h.uscc, r.batch_id from hidden h join feed f on f.id = h.feed_id
       join record r on r.uscc = h.uscc and r.feed_id = h.feed_id and r.record_key = h.record_key
         and r.version = h.version`,
      [dayOf(now), hiddenMax],
    );
    await addManyToOutbox(tx, recordsChanged, eventsOf(due), now);
    return due.length;
  }

  /** One page of a feed that was not gone through under its contract of today; false when there is none left. */
  private async takeUp(tx: EntityManager, contract: Contract): Promise<boolean> {
    const versionId = this.contracts.versionIdOf(contract.feed);
    await tx.query(
      `insert into publicity_round (feed, contract_version_id, after_key, done) values ($1, $2, null, false)
       on conflict (feed) do update set contract_version_id = excluded.contract_version_id, after_key = null,
         done = false where publicity_round.contract_version_id <> excluded.contract_version_id`,
      [contract.feed, versionId],
    );
    const [round]: { after_key: string | null }[] = await tx.query(
      'select after_key from publicity_round where feed = $1 and not done for update skip locked',
      [contract.feed],
    );
    if (!round) return false;
    const feedId = this.contracts.idOf(contract.feed);
    const rows = await headsAfter(tx, feedId, round.after_key);
    await writePublicity(tx, { feedId, contract, now: this.clock.now() }, rows);
    await tx.query('update publicity_round set after_key = $2, done = $3 where feed = $1', [
      contract.feed,
      rows.at(-1)?.key ?? round.after_key,
      rows.length < pageRows,
    ]);
    return rows.length === pageRows;
  }
}

/** Under their row locks, so that no part changes a head between the look and what is written down about it. */
async function headsAfter(tx: EntityManager, feedId: number, after: string | null): Promise<InForce[]> {
  return tx.query(
    `select h.record_key as key, h.uscc, h.version, h.overlay, r.event_date::text as "eventDate", r.fields
     from record_head h join record r on r.uscc = h.uscc and r.feed_id = h.feed_id and r.record_key = h.record_key
       and r.version = h.version
     where h.feed_id = $1 and ($2::text is null or h.record_key > $2) and not h.withdrawn
     order by h.record_key limit $3 for update of h`,
    [feedId, after, pageRows],
  );
}

/** One nudge for each enterprise, feed and delivery. */
export function eventsOf(changed: readonly Due[]) {
  const groups = Map.groupBy(changed, ({ uscc, feed, batch_id: batch }) => `${uscc} ${feed} ${batch}`);
  return [...groups.values()].map((group) => {
    const { uscc, feed, batch_id: batchId } = group[0]!;
    return { uscc, feed, batchId, records: group.length };
  });
}
