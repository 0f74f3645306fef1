import { Clock, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { canonical } from '../contract/compare.rules.js';
import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { Following } from '../resolve/following.service.js';
import { comparedWith, type FeedRecords, type Measure, measureOf, type QualityRecord } from './quality.rules.js';
import { added, type FeedSums, noSums, sumsOf } from './sums.rules.js';

interface RecordRow {
  uscc: string;
  feed: string;
  record_key: string;
  event_date: string;
  report_date: string;
  fields: Record<string, unknown>;
  before: Record<string, unknown> | null;
}

interface EnterpriseRow extends FeedSums {
  uscc: string;
}

/** Enterprises measured in one transaction: some hundred thousand records at most. */
const enterprisesMax = 500;

/**
 * Measures what changed: for each enterprise that a delivery touched, the feed is measured anew, and the feeds whose
 * rules compare with it. Sums go along in the same transaction, so they are what measuring everything would give.
 */
@Injectable()
export class Measuring {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly following: Following,
    private readonly clock: Clock,
  ) {}

  /** Follows the deliveries that ended; gives how many. */
  async run(): Promise<number> {
    let followed = 0;
    for (const contract of this.contracts.all()) {
      const { feed } = contract;
      await this.takeRules(contract);
      followed += await this.following.follow(
        'QUALITY',
        feed,
        (tx, usccs) => this.measure(tx, feed, usccs),
        enterprisesMax,
      );
    }
    return followed;
  }

  /** Everything of a feed anew: after its rules changed, or when somebody doubts the sums. */
  async measureAll(feed: string): Promise<void> {
    const feedId = this.contracts.idOf(feed);
    for (let after = ''; ;) {
      const rows: { uscc: string }[] = await this.db.query(
        `select uscc from (
           (select distinct uscc from record where feed_id = $1 and uscc > $2 order by uscc limit $3)
           union
           (select uscc from quality_enterprise where feed_id = $1 and uscc > $2 order by uscc limit $3)
         ) u order by uscc limit $3`,
        [feedId, after, enterprisesMax],
      );
      if (rows.length === 0) break;
      await this.db.transaction((tx) =>
        this.measureIn(
          tx,
          [feed],
          rows.map(({ uscc }) => uscc),
        ),
      );
      after = rows.at(-1)!.uscc;
    }
  }

  /** A feed that was measured by other rules is measured anew; one that never was is, batch by batch. */
  private async takeRules(contract: Contract): Promise<void> {
    const feedId = this.contracts.idOf(contract.feed);
    const [held]: { rules: string }[] = await this.db.query('select rules from quality_feed where feed_id = $1', [
      feedId,
    ]);
    const rules = rulesOf(contract);
    if (held?.rules === rules) return;
    if (held && held.rules !== '') await this.measureAll(contract.feed);
    await this.db.query(
      `insert into quality_feed (feed_id, rules) values ($1, $2)
       on conflict (feed_id) do update set rules = excluded.rules`,
      [feedId, rules],
    );
  }

  /** One feed, and those that compare with it. */
  private async measure(tx: EntityManager, feed: string, usccs: string[]): Promise<void> {
    const dependent = this.contracts.all().filter((contract) => comparedWith(contract).includes(feed));
    await this.measureIn(tx, [feed, ...dependent.map((contract) => contract.feed)], usccs);
  }

  private async measureIn(tx: EntityManager, feeds: string[], usccs: string[]): Promise<void> {
    const contracts = feeds.map((feed) => this.contracts.of(feed));
    const ids = contracts.map(({ feed }) => this.contracts.idOf(feed));
    // Whoever measures a feed holds its sums, always in one order: two processes never add the same twice.
    await tx.query(
      `insert into quality_feed (feed_id, rules) select unnest($1::smallint[]), '' on conflict do nothing`,
      [ids],
    );
    await tx.query('select 1 from quality_feed where feed_id = any($1) order by feed_id for update', [ids]);
    const read = [...new Set([...feeds, ...contracts.flatMap(comparedWith)])];
    const records = await recordsOf(tx, read, usccs);
    for (const contract of contracts) {
      const measures = usccs.map((uscc) => [uscc, this.measured(contract, records.get(uscc))] as const);
      await this.keep(tx, this.contracts.idOf(contract.feed), measures);
    }
  }

  private measured(contract: Contract, feeds: Map<string, QualityRecord[]> = new Map()): Measure {
    const of = (feed: string): FeedRecords => ({ contract: this.contracts.of(feed), records: feeds.get(feed) ?? [] });
    const others = new Map(comparedWith(contract).map((feed) => [feed, of(feed)]));
    return measureOf({ contract, records: feeds.get(contract.feed) ?? [] }, others);
  }

  private async keep(tx: EntityManager, feedId: number, measures: (readonly [string, Measure])[]): Promise<void> {
    const usccs = measures.map(([uscc]) => uscc);
    const before: EnterpriseRow[] = await tx.query(
      'select uscc, records, affected, findings, filled from quality_enterprise where feed_id = $1 and uscc = any($2)',
      [feedId, usccs],
    );
    await this.keepFindings(tx, feedId, measures);
    const after = measures.map(([uscc, measure]) => ({ uscc, ...sumsOf(measure) }));
    await tx.query('delete from quality_enterprise where feed_id = $1 and uscc = any($2)', [feedId, usccs]);
    await tx.query(
      `insert into quality_enterprise (uscc, feed_id, records, affected, findings, filled)
       select uscc, $1, records, affected, findings, filled
       from jsonb_to_recordset($2::jsonb) as e (uscc text, records int, affected int, findings int, filled jsonb)`,
      [feedId, JSON.stringify(after.filter(({ records }) => records > 0))],
    );
    await addToFeed(tx, feedId, { before, after });
  }

  private async keepFindings(
    tx: EntityManager,
    feedId: number,
    measures: (readonly [string, Measure])[],
  ): Promise<void> {
    const now = this.clock.now();
    const rows = measures.flatMap(([uscc, { findings }]) =>
      findings.map(({ keys, ...finding }) => ({ uscc, id: uuidv7(now), record_keys: keys, ...finding })),
    );
    const list = JSON.stringify(rows);
    const columns = `uscc text, id uuid, record_keys text[], kind text, rule text, field text, subject text, detail jsonb`;
    await tx.query(
      `delete from finding f where feed_id = $1 and uscc = any($2) and not exists (
         select from jsonb_to_recordset($3::jsonb) as n (${columns})
         where n.uscc = f.uscc and n.rule = f.rule and n.subject = f.subject)`,
      [feedId, measures.map(([uscc]) => uscc), list],
    );
    await tx.query(
      `insert into finding (uscc, feed_id, rule, subject, id, kind, field, record_keys, detail, found_at)
       select uscc, $1, rule, subject, id, kind, field, record_keys, detail, $3
       from jsonb_to_recordset($2::jsonb) as n (${columns})
       on conflict (uscc, feed_id, rule, subject) do update
       set record_keys = excluded.record_keys, detail = excluded.detail, field = excluded.field`,
      [feedId, list, now],
    );
  }
}

const rulesOf = ({ quality = [] }: Contract): string => canonical(quality);

/** The records in force of these enterprises, by enterprise and feed. */
async function recordsOf(
  tx: EntityManager,
  feeds: string[],
  usccs: string[],
): Promise<Map<string, Map<string, QualityRecord[]>>> {
  const rows: RecordRow[] = await tx.query(
    `select r.uscc, r.feed, r.record_key, r.event_date::text, r.report_date::text, r.fields, b.fields as before
     from ingestion_api.record_v1 r join feed f on f.feed = r.feed
     left join record b on b.uscc = r.uscc and b.feed_id = f.id and b.record_key = r.record_key
       and b.version = r.version - 1 and b.op <> 'D'
     where r.uscc = any($1) and r.feed = any($2) order by r.uscc, r.feed, r.record_key`,
    [usccs, feeds],
  );
  const found = new Map<string, Map<string, QualityRecord[]>>();
  for (const row of rows) {
    const byFeed = found.get(row.uscc) ?? new Map<string, QualityRecord[]>();
    const list = byFeed.get(row.feed) ?? [];
    const { record_key: key, event_date: eventDate, report_date: reportDate, fields, before } = row;
    list.push({ key, eventDate, reportDate, fields, before });
    found.set(row.uscc, byFeed.set(row.feed, list));
  }
  return found;
}

async function addToFeed(
  tx: EntityManager,
  feedId: number,
  { before, after }: { before: FeedSums[]; after: FeedSums[] },
): Promise<void> {
  const [held]: { records: string; affected: string; findings: string; filled: Record<string, number> }[] =
    await tx.query('select records, affected, findings, filled from quality_feed where feed_id = $1', [feedId]);
  const start: FeedSums = {
    records: Number(held!.records),
    affected: Number(held!.affected),
    findings: Number(held!.findings),
    filled: held!.filled,
  };
  const sums = added(
    added(
      start,
      after.reduce((sum, one) => added(sum, one, 1), noSums),
      1,
    ),
    before.reduce((sum, one) => added(sum, one, 1), noSums),
    -1,
  );
  await tx.query('update quality_feed set records = $2, affected = $3, findings = $4, filled = $5 where feed_id = $1', [
    feedId,
    sums.records,
    sums.affected,
    sums.findings,
    JSON.stringify(sums.filled),
  ]);
}
