import { resolve } from 'node:path';

import { freshnessMissed } from '@app/contracts';
import { Clock, type Day, day, daysBetween } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { contractsDir } from '../ingestion.config.js';
import { qualitySettingsOn, readQualitySettings } from './quality-setting.driver.js';
import { partsOf, type QualitySettings, type ScoreParts, scoreOf } from './score.rules.js';

interface StateRow {
  feed: string;
  feed_id: number;
  records: string;
  affected: string;
  findings: string;
  filled: Record<string, number>;
  newest: string | null;
  read: string;
  set_aside: string;
}

interface FeedDay extends ScoreParts {
  feed_id: number;
  records: number;
  affected: number;
  findings: number;
  newest: string | null;
  is_fresh: boolean | null;
  score: number | null;
}

/** Writes down each day what feeds come to, and raises an alert when one is older than it promised. */
@Injectable()
export class QualityDays {
  private readonly settings = readQualitySettings(resolve(contractsDir()));

  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  /** Today's line of each feed anew; those of before stay as they were. */
  async run(): Promise<void> {
    const today = this.clock.today();
    const settings = qualitySettingsOn(this.settings, today);
    const contracts = new Map(this.contracts.all().map((contract) => [contract.feed, contract]));
    const states = await this.states(settings);
    const days = states.flatMap((state) => {
      const contract = contracts.get(state.feed);
      return contract ? [{ contract, line: dayOfFeed(state, contract, { today, settings }) }] : [];
    });
    await this.db.transaction(async (tx) => {
      await this.write(
        tx,
        days.map(({ line }) => line),
        settings,
      );
      await this.raise(tx, days);
    });
  }

  private states({ windowDays }: QualitySettings): Promise<StateRow[]> {
    return this.db.query(
      `select f.feed, f.id as feed_id, coalesce(q.records, 0) as records, coalesce(q.affected, 0) as affected,
              coalesce(q.findings, 0) as findings, coalesce(q.filled, '{}') as filled, b.newest::text,
              coalesce(b.read, 0) as read, coalesce(b.set_aside, 0) as set_aside
       from feed f
       left join quality_feed q on q.feed_id = f.id
       left join (
         select feed, max(report_date_max) as newest,
                sum(read) filter (where received_at > $1::timestamptz - make_interval(days => $2)) as read,
                sum(quarantined + refused)
                  filter (where received_at > $1::timestamptz - make_interval(days => $2)) as set_aside
         from batch where origin not in ('RESOLVE', 'REPLAY') group by feed
       ) b on b.feed = f.feed`,
      [this.clock.now(), windowDays],
    );
  }

  private async write(tx: EntityManager, lines: FeedDay[], { effectiveFrom }: QualitySettings): Promise<void> {
    await tx.query(
      `insert into quality_day (day, feed_id, records, affected, findings, newest_report_date, fresh, valid, complete,
                                consistent, freshness, score, settings_from, measured_at)
       select $1, feed_id, records, affected, findings, newest, is_fresh, valid, complete, consistent, fresh, score, $3, $4
       from jsonb_to_recordset($2::jsonb) as d (feed_id smallint, records bigint, affected bigint, findings bigint,
         newest date, is_fresh boolean, valid int, complete int, consistent int, fresh int, score int)
       on conflict (day, feed_id) do update
       set records = excluded.records, affected = excluded.affected, findings = excluded.findings,
           newest_report_date = excluded.newest_report_date, fresh = excluded.fresh, valid = excluded.valid,
           complete = excluded.complete, consistent = excluded.consistent, freshness = excluded.freshness,
           score = excluded.score, settings_from = excluded.settings_from, measured_at = excluded.measured_at`,
      [this.clock.today(), JSON.stringify(lines), effectiveFrom, this.clock.now()],
    );
  }

  /** Once per missed promise: the alert stays open until the feed is fresh again. */
  private async raise(tx: EntityManager, days: { contract: Contract; line: FeedDay }[]): Promise<void> {
    const now = this.clock.now();
    const fresh = days.filter(({ line }) => line.is_fresh === true).map(({ line }) => line.feed_id);
    await tx.query('update freshness_alert set ended_at = $2 where feed_id = any($1) and ended_at is null', [
      fresh,
      now,
    ]);
    const late = days.filter(({ line }) => line.is_fresh === false);
    const made: { feed_id: number }[] = await tx.query(
      `insert into freshness_alert (feed_id, raised_at, missed_on, newest_report_date, promised_days)
       select feed_id, $2, newest + promised + 1, newest, promised
       from jsonb_to_recordset($1::jsonb) as a (feed_id smallint, newest date, promised int)
       on conflict do nothing returning feed_id`,
      [
        JSON.stringify(
          late.map(({ contract, line }) => ({
            feed_id: line.feed_id,
            newest: line.newest,
            promised: contract.freshnessDays,
          })),
        ),
        now,
      ],
    );
    const told = new Set(made.map(({ feed_id }) => feed_id));
    const today = this.clock.today();
    const events = late
      .filter(({ line }) => told.has(line.feed_id))
      .map(({ contract: { feed, title, sources, freshnessDays }, line }) => ({
        feed,
        title,
        source: sources[0]!,
        newestReportDate: line.newest!,
        promisedDays: freshnessDays,
        ageDays: daysBetween(day(line.newest!), today),
      }));
    await addManyToOutbox(tx, freshnessMissed, events, now);
  }
}

function dayOfFeed(
  state: StateRow,
  contract: Contract,
  { today, settings }: { today: Day; settings: QualitySettings },
): FeedDay {
  const { newest, feed_id } = state;
  const [records, affected, findings] = [Number(state.records), Number(state.affected), Number(state.findings)];
  const ageDays = newest === null ? null : daysBetween(day(newest), today);
  const asked = (contract.quality ?? []).filter((rule) => rule.rule === 'COMPLETE').map(({ field }) => field);
  const parts = partsOf({
    read: Number(state.read),
    setAside: Number(state.set_aside),
    records,
    affected,
    filled: Object.fromEntries(asked.map((field) => [field, state.filled[field] ?? 0])),
    ageDays,
    freshnessDays: contract.freshnessDays,
  });
  const fresh = ageDays === null ? null : ageDays <= contract.freshnessDays;
  return {
    feed_id,
    records,
    affected,
    findings,
    newest,
    is_fresh: fresh,
    ...parts,
    score: scoreOf(parts, settings.weights),
  };
}
