import { createHash } from 'node:crypto';

import { addDays, addMonths, Clock, type Day, day, monthOf, startOfDay, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import type { FaultCode } from '../row/fault.rules.js';
import { faultTexts } from '../row/fault.rules.js';
import { type LetterFeed, type LetterFigures, letterOf, markdownOf, pageOfLetter } from './letter.rules.js';

/** Lines of a letter's lists: what a source can look into in a month. */
const reasonsMax = 10;
const findingsMax = 10;
const keysMax = 5;

interface FeedRow {
  feed: string;
  deliveries: string;
  failed: string;
  read: string;
  accepted: string;
  set_aside: string;
  records: string | null;
  findings: string | null;
  score: number | null;
  score_before: number | null;
  newest: string | null;
  late_days: string | null;
}

/** Letters to the sources: written once a month is over, from what was measured, and never changed. */
@Injectable()
export class Letters {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  /** Issues what is missing for the month before this one, to every source that delivered by its end. */
  async run(): Promise<void> {
    const month = monthOf(addMonths(this.clock.today(), -1));
    const { until } = bounds(month);
    const rows: { feed: string }[] = await this.db.query(
      `select distinct feed from batch where received_at < $1 and origin not in ('RESOLVE', 'REPLAY')`,
      [until],
    );
    const delivered = new Set(rows.map(({ feed }) => feed));
    const issued: { source: string }[] = await this.db.query('select source from quality_letter where month = $1', [
      month,
    ]);
    const done = new Set(issued.map(({ source }) => source));
    const owners = this.contracts
      .all()
      .filter(({ feed }) => delivered.has(feed))
      .map(({ sources }) => sources[0]!);
    for (const source of new Set(owners))
      if (!done.has(source)) await this.db.transaction((tx) => this.issue(tx, { source, month, issuedBy: null }));
  }

  /** Gives the letter's id; the one that is there when it was issued already. */
  async issue(
    tx: EntityManager,
    { source, month, issuedBy }: { source: string; month: string; issuedBy: string | null },
  ): Promise<string> {
    const now = this.clock.now();
    const figures = await this.figures(tx, source, month);
    const blocks = letterOf(figures);
    const markdown = markdownOf(blocks);
    const made: { id: string }[] = await tx.query(
      `insert into quality_letter (id, source, month, issued_at, issued_by, figures, markdown, page, digest)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (source, month) do nothing returning id`,
      [
        uuidv7(now),
        source,
        month,
        now,
        issuedBy,
        JSON.stringify(figures),
        markdown,
        pageOfLetter(blocks),
        createHash('sha256').update(markdown).digest('hex'),
      ],
    );
    if (made[0]) return made[0].id;
    const [held]: { id: string }[] = await tx.query('select id from quality_letter where source = $1 and month = $2', [
      source,
      month,
    ]);
    return held!.id;
  }

  private async figures(tx: EntityManager, source: string, month: string): Promise<LetterFigures> {
    const own = this.contracts.all().filter(({ sources }) => sources[0] === source);
    const feeds = own.map(({ feed }) => feed);
    const { from, until, firstDay, lastDay } = bounds(month);
    const rows: FeedRow[] = await tx.query(
      `select f.feed, coalesce(b.deliveries, 0) as deliveries, coalesce(b.failed, 0) as failed,
              coalesce(b.read, 0) as read, coalesce(b.accepted, 0) as accepted, coalesce(b.set_aside, 0) as set_aside,
              l.records, l.findings, l.score, p.score as score_before, l.newest_report_date::text as newest, d.late_days
       from feed f
       left join lateral (
         select count(*) as deliveries, count(*) filter (where status = 'FAILED') as failed, sum(read) as read,
                sum(accepted) as accepted, sum(quarantined + refused) as set_aside
         from batch where feed = f.feed and received_at >= $2 and received_at < $3 and origin not in ('RESOLVE', 'REPLAY')
       ) b on true
       left join lateral (
         select records, findings, score, newest_report_date from quality_day
         where feed_id = f.id and day between $4 and $5 order by day desc limit 1
       ) l on true
       left join lateral (
         select score from quality_day where feed_id = f.id and day < $4 order by day desc limit 1
       ) p on true
       left join lateral (
         select count(*) filter (where not fresh) as late_days from quality_day
         where feed_id = f.id and day between $4 and $5 having count(fresh) > 0
       ) d on true
       where f.feed = any($1) order by f.feed`,
      [feeds, from, until, firstDay, lastDay],
    );
    const contracts = new Map(own.map((contract) => [contract.feed, contract]));
    const name = this.contracts.catalogue.sources.find(({ code }) => code === source)?.name ?? source;
    return {
      source,
      sourceName: name,
      month,
      issuedOn: this.clock.today(),
      feeds: rows.map((row) => {
        const { title, freshnessDays } = contracts.get(row.feed)!;
        return toLetterFeed(row, { title, freshnessDays });
      }),
      reasons: await reasonsOf(tx, { feeds, from, until }),
      findings: await findingsOf(tx, { feeds, until }),
    };
  }
}

function bounds(month: string): { from: Date; until: Date; firstDay: Day; lastDay: Day } {
  const firstDay = day(`${month}-01`);
  const next = addMonths(firstDay, 1);
  return {
    from: startOfDay(firstDay),
    until: startOfDay(next),
    firstDay,
    lastDay: addDays(next, -1),
  };
}

const orNull = (value: string | null): number | null => (value === null ? null : Number(value));

const toLetterFeed = (row: FeedRow, contract: { title: string; freshnessDays: number }): LetterFeed => ({
  feed: row.feed,
  title: contract.title,
  deliveries: Number(row.deliveries),
  failed: Number(row.failed),
  read: Number(row.read),
  accepted: Number(row.accepted),
  setAside: Number(row.set_aside),
  records: orNull(row.records),
  findings: orNull(row.findings),
  score: row.score,
  scoreBefore: row.score_before,
  newestReportDate: row.newest,
  promisedDays: contract.freshnessDays,
  lateDays: orNull(row.late_days),
});

async function reasonsOf(
  tx: EntityManager,
  { feeds, from, until }: { feeds: string[]; from: Date; until: Date },
): Promise<LetterFigures['reasons']> {
  const rows: { feed: string; code: FaultCode; rows: string }[] = await tx.query(
    `select b.feed, q.code, count(*) as rows from batch b join quarantine q on q.batch_id = b.id
     where b.feed = any($1) and b.received_at >= $2 and b.received_at < $3 and b.origin not in ('RESOLVE', 'REPLAY')
     group by b.feed, q.code order by count(*) desc, b.feed, q.code limit $4`,
    [feeds, from, until, reasonsMax],
  );
  return rows.map((row) => ({ ...row, zh: faultTexts[row.code]?.zh ?? row.code, rows: Number(row.rows) }));
}

/** What is open at the time of writing and was found by the end of the month. */
async function findingsOf(
  tx: EntityManager,
  { feeds, until }: { feeds: string[]; until: Date },
): Promise<LetterFigures['findings']> {
  const rows: { feed: string; kind: string; field: string; count: string; keys: string[] }[] = await tx.query(
    `select f.feed, n.kind, n.field, count(*) as count,
            (array_agg(n.record_keys[1] order by n.found_at desc, n.id))[1:$4] as keys
     from finding n join feed f on f.id = n.feed_id
     where f.feed = any($1) and n.found_at < $2
     group by f.feed, n.kind, n.field order by count(*) desc, f.feed, n.kind, n.field limit $3`,
    [feeds, until, findingsMax, keysMax],
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
