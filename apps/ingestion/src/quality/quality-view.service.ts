import { resolve } from 'node:path';

import type { Viewer } from '@app/auth';
import { addDays, Clock, type Day, day, daysBetween, InvalidInput, normaliseUscc } from '@app/kernel';
import { decodeCursor, type Page, pageOf, pageRowsMax, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { contractsDir } from '../ingestion.config.js';
import { qualitySettingsOn, readQualitySettings } from './quality-setting.driver.js';
import type { QualityDaysRequest } from './quality.request.js';
import type {
  EnterpriseQualityResponse,
  FeedQualityResponse,
  QualityDaysResponse,
  SourceQualityResponse,
} from './quality.response.js';
import { partsOf, scoreOf, scoreOfFeeds } from './score.rules.js';
import { worstFirst, worstPlace } from './worst-first.rules.js';

/** A quarter: what a heat map can show, and what one query may cost. */
const daysMax = 92;
const daysUsual = 30;

interface DayRow {
  feed: string;
  title: string;
  source: string;
  records: string;
  findings: string;
  newest: string | null;
  fresh: boolean | null;
  valid: number | null;
  complete: number | null;
  consistent: number | null;
  freshness: number | null;
  score: number | null;
  measured_at: Date;
  late_since: Date | null;
}

interface CellRow {
  feed: string;
  days: QualityDaysResponse['items'][number]['days'];
}

interface EnterpriseRow {
  feed: string;
  title: string;
  records: number;
  affected: number;
  findings: number;
  filled: Record<string, number>;
}

const itself = <Item>(item: Item): Item => item;

/** What people see of quality; a source sees its own feeds. */
@Injectable()
export class QualityViews {
  private readonly settings = readQualitySettings(resolve(contractsDir()));

  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  async feeds(viewer: Viewer, query: PageQuery): Promise<Page<FeedQualityResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const all = (await this.latest(this.feedsOf(viewer))).map(toFeedQuality);
    const items = worstFirst(all, ({ feed }) => feed, decodeCursor(query.cursor, 2) ?? undefined);
    return pageOf(items.slice(0, limit + 1), limit, itself, (item) => worstPlace(item, item.feed));
  }

  async sources(viewer: Viewer, query: PageQuery): Promise<Page<SourceQualityResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const bySource = Map.groupBy(await this.latest(this.feedsOf(viewer)), ({ source }) => source);
    const names = new Map(this.contracts.catalogue.sources.map(({ code, name }) => [code, name]));
    const all = [...bySource].map(([source, rows]) => toSourceQuality(source, names.get(source) ?? source, rows));
    const items = worstFirst(all, ({ source }) => source, decodeCursor(query.cursor, 2) ?? undefined);
    return pageOf(items.slice(0, limit + 1), limit, itself, (item) => worstPlace(item, item.source));
  }

  async enterprise(viewer: Viewer, code: string): Promise<EnterpriseQualityResponse> {
    const uscc = normaliseUscc(code);
    const rows: EnterpriseRow[] = await this.db.query(
      `select f.feed, f.title, q.records, q.affected, q.findings, q.filled
       from quality_enterprise q join feed f on f.id = q.feed_id where q.uscc = $1 and f.feed = any($2) order by f.feed`,
      [uscc, this.feedsOf(viewer)],
    );
    const { weights } = qualitySettingsOn(this.settings, this.clock.today());
    const feeds = rows.map(({ filled, ...row }) => ({
      ...row,
      scoreBp: scoreOf(
        partsOf({
          ...row,
          filled: withZeros(this.contracts.of(row.feed), filled),
          read: 0,
          setAside: 0,
          ageDays: null,
          freshnessDays: 1,
        }),
        weights,
      ),
    }));
    const sum = (pick: (feed: (typeof feeds)[number]) => number) =>
      feeds.reduce((total, feed) => total + pick(feed), 0);
    return {
      uscc,
      scoreBp: scoreOfFeeds(feeds.map(({ scoreBp, records }) => ({ score: scoreBp, records }))),
      records: sum(({ records }) => records),
      findings: sum(({ findings }) => findings),
      feeds,
    };
  }

  /** Feeds by days in one query. */
  async days(viewer: Viewer, query: QualityDaysRequest): Promise<QualityDaysResponse> {
    const to = query.to === undefined ? this.clock.today() : day(query.to);
    const from = query.from === undefined ? addDays(to, 1 - daysUsual) : day(query.from);
    checkPeriod(from, to);
    const contracts = this.contracts
      .visibleTo(viewer)
      .filter(({ feed }) => query.feed === undefined || feed === query.feed);
    const rows: CellRow[] = await this.db.query(
      `select f.feed, jsonb_agg(jsonb_build_object(
                'day', d.day, 'deliveries', coalesce(b.deliveries, 0), 'read', coalesce(b.read, 0),
                'setAside', coalesce(b.set_aside, 0), 'scoreBp', q.score, 'fresh', q.fresh, 'findings', q.findings
              ) order by d.day) as days
       from feed f
       cross join (select generate_series($2::date, $3::date, interval '1 day')::date as day) d
       left join quality_day q on q.feed_id = f.id and q.day = d.day
       left join (
         select feed, (received_at at time zone 'Asia/Shanghai')::date as day, count(*) as deliveries,
                sum(read) as read, sum(quarantined + refused) as set_aside
         from batch
         where feed = any($1) and origin not in ('RESOLVE', 'REPLAY')
           and received_at >= $2::date::timestamp at time zone 'Asia/Shanghai'
           and received_at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
         group by 1, 2
       ) b on b.feed = f.feed and b.day = d.day
       where f.feed = any($1) group by f.feed order by f.feed`,
      [contracts.map(({ feed }) => feed), from, to],
    );
    const named = new Map(contracts.map((contract) => [contract.feed, contract]));
    const items = rows.map(({ feed, days }) => {
      const { title, sources } = named.get(feed)!;
      return { feed, title, source: sources[0]!, days };
    });
    return { from, to, items };
  }

  private latest(feeds: string[]): Promise<DayRow[]> {
    return this.db.query(
      `select f.feed, f.title, f.source, q.records, q.findings, q.newest_report_date::text as newest, q.fresh, q.valid,
              q.complete, q.consistent, q.freshness, q.score, q.measured_at, a.raised_at as late_since
       from feed f
       join lateral (select * from quality_day where feed_id = f.id order by day desc limit 1) q on true
       left join freshness_alert a on a.feed_id = f.id and a.ended_at is null
       where f.feed = any($1) order by f.feed collate "C"`,
      [feeds],
    );
  }

  private feedsOf(viewer: Viewer): string[] {
    return this.contracts.visibleTo(viewer).map(({ feed }) => feed);
  }
}

function checkPeriod(from: Day, to: Day): void {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > daysMax)
    throw new InvalidInput([{ pointer: '/from', detail: `must be at most ${daysMax - 1} days before the last day` }]);
}

const withZeros = ({ quality = [] }: Contract, filled: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    quality.filter((rule) => rule.rule === 'COMPLETE').map(({ field }) => [field, filled[field] ?? 0]),
  );

const toFeedQuality = (row: DayRow): FeedQualityResponse => ({
  feed: row.feed,
  title: row.title,
  source: row.source,
  scoreBp: row.score,
  parts: { validBp: row.valid, completeBp: row.complete, consistentBp: row.consistent, freshBp: row.freshness },
  records: Number(row.records),
  findings: Number(row.findings),
  newestReportDate: row.newest,
  fresh: row.fresh,
  lateSince: row.late_since?.toISOString() ?? null,
  measuredAt: row.measured_at.toISOString(),
});

const toSourceQuality = (source: string, sourceName: string, rows: DayRow[]): SourceQualityResponse => ({
  source,
  sourceName,
  scoreBp: scoreOfFeeds(rows.map(({ score, records }) => ({ score, records: Number(records) }))),
  feeds: rows.length,
  lateFeeds: rows.filter(({ fresh }) => fresh === false).length,
  records: rows.reduce((sum, { records }) => sum + Number(records), 0),
  findings: rows.reduce((sum, { findings }) => sum + Number(findings), 0),
});
