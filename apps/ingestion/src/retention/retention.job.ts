import { addDays, Clock, type Day } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { laidOver, type Overlay } from '../correction/overlay.rules.js';
import { worksOnBatches } from '../ingestion.config.js';
import { Deletion, type KeptRow } from './deletion.service.js';
import { againDays, listedDays, listLooks, type Look } from './due-list.driver.js';
import { lookOn } from './retention.rules.js';

/** Heads looked at in one transaction, and pages in one round. */
const pageRows = 1_000;
const pagesMax = 50;

interface Round {
  contract_version_id: number | null;
  begun_at: Date | null;
  /** The last day that the walk under way lists; null: there is none. */
  walking_until: Day | null;
  after_key: string | null;
  listed_until: Day | null;
}

const roundSql = `select contract_version_id, begun_at, walking_until::text, after_key, listed_until::text
  from retention_round where feed = $1 for update skip locked`;

/**
 * Looks each day at the records whose day has come, and at no others: they are on a list. What the list says for the next three
 * months is written in one walk through the feed, page by page, so that it is many short transactions and a walk that was
 * cut off goes on where it stood; parts, corrections and released holds add what changes in between.
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
      while (pages > 0 && (await this.db.transaction((tx) => this.walk(tx, contract)))) pages -= 1;
    for (pages = pagesMax; pages > 0 && (await this.db.transaction((tx) => this.look(tx))); pages -= 1);
  }

  /** One page of a walk; false when there is none to do for now. */
  private async walk(tx: EntityManager, contract: Contract): Promise<boolean> {
    await tx.query('insert into retention_round (feed) values ($1) on conflict do nothing', [contract.feed]);
    const [found]: Round[] = await tx.query(roundSql, [contract.feed]);
    const round = found && (await this.roundOf(tx, contract, found));
    if (!round || (await isOldWorkUnderWay(tx, contract, round))) return false;
    const rows = await headsAfter(tx, this.contracts.idOf(contract.feed), round.after_key);
    const looks = rows.flatMap((row): Look[] => {
      const on = lookOn(contract, { eventDate: row.event_date, fields: row.fields });
      return on !== null && on <= round.walking_until! ? [{ key: row.record_key, on }] : [];
    });
    await listLooks(tx, this.contracts.idOf(contract.feed), looks);
    const more = rows.length === pageRows;
    await tx.query(
      `update retention_round set after_key = $2, walking_until = case when $3 then walking_until end,
         listed_until = case when $3 then listed_until else walking_until end where feed = $1`,
      [contract.feed, more ? rows.at(-1)!.record_key : null, more],
    );
    return more;
  }

  /** The walk under way, or a new one: when the list comes to its end, and when the contract may say another term. */
  private async roundOf(tx: EntityManager, { feed }: Contract, round: Round): Promise<Round | undefined> {
    const today = this.clock.today();
    const version = this.contracts.versionIdOf(feed);
    const isCurrent = round.contract_version_id === version;
    if (isCurrent && round.walking_until !== null) return round;
    if (isCurrent && round.listed_until !== null && round.listed_until > addDays(today, againDays)) return undefined;
    const [begun, until] = [isCurrent ? round.begun_at : this.clock.now(), addDays(today, listedDays)];
    await tx.query(
      `update retention_round set contract_version_id = $2, begun_at = $3, walking_until = $4, after_key = null
       where feed = $1`,
      [feed, version, begun, until],
    );
    return { ...round, begun_at: begun, walking_until: until, after_key: null };
  }

  /** Decides about one page of records whose day has come; false when no other page is worth a look. */
  private async look(tx: EntityManager): Promise<boolean> {
    const byId = new Map(this.contracts.all().map((contract) => [this.contracts.idOf(contract.feed), contract]));
    const due: { look_on: Day; feed_id: number; record_key: string }[] = await tx.query(
      `select look_on::text, feed_id, record_key from retention_due
       where look_on <= $1 and feed_id = any($2) order by look_on, feed_id, record_key limit $3 for update skip locked`,
      [this.clock.today(), [...byId.keys()], pageRows],
    );
    let decided = 0;
    for (const [feedId, looks] of Map.groupBy(due, ({ feed_id }) => feed_id)) {
      const wanted = looks.map(({ record_key }) => record_key);
      const rows = await headsOf(tx, feedId, wanted);
      const seen = await this.deletion.of(tx, byId.get(feedId)!, rows, this.clock.now());
      const held = new Set(rows.map(({ record_key }) => record_key));
      const over = [...seen.keys, ...wanted.filter((key) => !held.has(key))];
      await tx.query('delete from retention_due where feed_id = $1 and record_key = any($2) and look_on = any($3)', [
        feedId,
        over,
        [...new Set(looks.map(({ look_on }) => look_on))],
      ]);
      await listLooks(tx, feedId, seen.later);
      decided += over.length;
    }
    return due.length === pageRows && decided > 0;
  }
}

/** A delivery that was begun under the contract of before lists by its terms: the walk comes after it. */
async function isOldWorkUnderWay(tx: EntityManager, { feed }: Contract, { begun_at }: Round): Promise<boolean> {
  const [found]: unknown[] = await tx.query(
    `select from batch b where b.feed = $1 and b.status = 'RUNNING' and b.started_at <= $2
       and not exists (select from paused_feed p where p.feed = $1) limit 1`,
    [feed, begun_at],
  );
  return found !== undefined;
}

const headSql = `
  select h.record_key, h.uscc, h.version, h.withdrawn, h.overlay, r.batch_id, r.event_date::text, r.fields
  from record_head h join record r on r.uscc = h.uscc and r.feed_id = h.feed_id and r.record_key = h.record_key
    and r.version = h.version`;

type HeadRow = KeptRow & { overlay: Overlay | null };

/** As people see them: what a correction says of a term counts. */
const corrected = ({ overlay, ...row }: HeadRow): KeptRow => ({
  ...row,
  fields: laidOver(row.fields, overlay),
});

async function headsAfter(tx: EntityManager, feedId: number, after: string | null): Promise<KeptRow[]> {
  const rows: HeadRow[] = await tx.query(
    `${headSql} where h.feed_id = $1 and ($2::text is null or h.record_key > $2) order by h.record_key limit $3`,
    [feedId, after, pageRows],
  );
  return rows.map(corrected);
}

async function headsOf(tx: EntityManager, feedId: number, keys: string[]): Promise<KeptRow[]> {
  const rows: HeadRow[] = await tx.query(`${headSql} where h.feed_id = $1 and h.record_key = any($2)`, [feedId, keys]);
  return rows.map(corrected);
}
