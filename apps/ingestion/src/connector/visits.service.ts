import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { VisitedConnector } from './connector.rules.js';
import { Connectors } from './connectors.service.js';
import type { Place } from './gaps.service.js';
import { nextTurn, turnAfterFailure } from './schedule.rules.js';

/** When sources were asked, how it went, and when it is their turn again. */
@Injectable()
export class Visits {
  constructor(
    private readonly db: DataSource,
    private readonly connectors: Connectors,
  ) {}

  /** Feeds whose turn has come, unless they are paused. A source that is seen for the first time waits for its turn. */
  async due(now: Date): Promise<string[]> {
    const visited = this.connectors.visited();
    const list = visited.flatMap(({ connector, feeds, schedule }) =>
      feeds.map((feed) => ({ connector, feed, due_at: nextTurn(schedule, now) })),
    );
    await this.db.query(
      `insert into connector_visit (connector, feed, due_at)
       select connector, feed, due_at from json_to_recordset($1::json) as v (connector text, feed text, due_at timestamptz)
       on conflict do nothing`,
      [JSON.stringify(list)],
    );
    const rows: { feed: string }[] = await this.db.query(
      `select feed from connector_visit v
       where due_at <= $1 and connector = any ($2) and feed not in (select feed from paused_feed)
       order by due_at, feed`,
      [now, visited.map(({ connector }) => connector)],
    );
    return rows.map(({ feed }) => feed);
  }

  async begin({ connector, feed }: Place, schedule: VisitedConnector['schedule'], now: Date): Promise<void> {
    await this.db.query(
      `insert into connector_visit (connector, feed, due_at, started_at) values ($1, $2, $3, $4)
       on conflict (connector, feed) do update set due_at = excluded.due_at, started_at = excluded.started_at`,
      [connector, feed, nextTurn(schedule, now), now],
    );
  }

  async done({ connector, feed }: Place, rows: number, remarks: readonly string[], now: Date): Promise<void> {
    await this.db.query(
      `update connector_visit set ended_at = $3, rows = rows + $4, failures = 0, problem = $5
       where connector = $1 and feed = $2`,
      [connector, feed, now, rows, remarks.length === 0 ? null : remarks.join('; ')],
    );
  }

  /** A pause came between: it is the source's turn again as soon as the feed is resumed. */
  async interrupted({ connector, feed }: Place, rows: number, now: Date): Promise<void> {
    await this.db.query(
      `update connector_visit set ended_at = $3, rows = rows + $4, failures = 0, problem = null, due_at = $3
       where connector = $1 and feed = $2`,
      [connector, feed, now, rows],
    );
  }

  /** Of a source that speaks by itself: it can be heard. */
  async heard({ connector, feed }: Place, now: Date): Promise<void> {
    await this.db.query(
      `insert into connector_visit (connector, feed, due_at, ended_at) values ($1, $2, $3, $3)
       on conflict (connector, feed) do update set ended_at = excluded.ended_at, failures = 0, problem = null`,
      [connector, feed, now],
    );
  }

  async unheard({ connector, feed }: Place, problem: string, now: Date): Promise<void> {
    await this.db.query(
      `insert into connector_visit (connector, feed, due_at, failures, problem) values ($1, $2, $3, 1, $4)
       on conflict (connector, feed) do update set failures = connector_visit.failures + 1, problem = excluded.problem`,
      [connector, feed, now, problem],
    );
  }

  async isPaused(feed: string): Promise<boolean> {
    const rows: unknown[] = await this.db.query('select from paused_feed where feed = $1', [feed]);
    return rows.length > 0;
  }

  async failed(
    { connector, feed }: Place,
    { schedule, problem, retryAfterSeconds }: FailedVisit,
    now: Date,
  ): Promise<void> {
    const [row]: { failures: number }[] = await this.db.query(
      'select failures from connector_visit where connector = $1 and feed = $2',
      [connector, feed],
    );
    const failures = (row?.failures ?? 0) + 1;
    const asked = retryAfterSeconds === undefined ? undefined : new Date(now.getTime() + retryAfterSeconds * 1_000);
    await this.db.query(
      `update connector_visit set ended_at = $3, failures = $4, problem = $5, due_at = $6
       where connector = $1 and feed = $2`,
      [connector, feed, now, failures, problem, asked ?? turnAfterFailure(schedule, now, failures)],
    );
  }
}

interface FailedVisit {
  schedule: VisitedConnector['schedule'];
  problem: string;
  retryAfterSeconds?: number | undefined;
}
