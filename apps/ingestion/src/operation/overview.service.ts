import { hasRole, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { feedLock } from '../apply/batch.job.js';
import { Connectors, isSetUp } from '../connector/connectors.service.js';
import { Contracts } from '../contract/contract.service.js';
import {
  type Connection,
  type FailedRow,
  type FlowRow,
  toFailedBatchResponse,
  toFeedOperationResponse,
  toWorkerResponse,
  type WorkerRow,
} from './feed-operation.response.js';
import { togetherOf } from './flow.rules.js';
import type { FeedOperationResponse, OperationResponse, SourceOperationResponse } from './overview.response.js';
import type { PauseResponse } from './pause.response.js';
import { Pausing } from './pausing.service.js';
import { type CountedRun, countedRunSql, toRunResponse } from './run.response.js';

/**
 * From open batches, the parts of a day and two probes of an index a feed: nothing of it grows with the records, or with
 * how long the house has been running. Whose lock is held is being worked on, by whichever copy.
 */
export const flowSql = `
  with open as (
    select feed, count(*)::int as batches, sum(bytes) as bytes, min(received_at) as since, bool_or(tries > 0) as retrying
    from batch where status in ('RECEIVED', 'RUNNING') group by feed
  ), worked as (
    select b.feed, sum(p.read) filter (where p.committed_at > $1::timestamptz - interval '1 minute') as minute,
           sum(p.read) filter (where p.committed_at > $1::timestamptz - interval '1 hour') as hour, sum(p.read) as day
    from part p join batch b on b.id = p.batch_id
    where p.committed_at > $1::timestamptz - interval '1 day' group by b.feed
  ), failed as (
    select feed, count(*)::int as batches from batch
    where status = 'FAILED' and finished_at > $1::timestamptz - interval '7 days' group by feed
  ), gap as (
    select feed, count(*)::int as open from source_gap where state = 'OPEN' group by feed
  ), topic as (
    select feed, connector, min(topic) as name, count(*)::int as partitions,
           sum(greatest(end_offset - next_offset, 0)) as behind, min(measured_at) as measured_at
    from topic_position group by feed, connector
  ), held as (
    select distinct objid::int as feed_id from pg_locks
    where locktype = 'advisory' and classid = ${feedLock} and objsubid = 2 and granted
      and database = (select oid from pg_database where datname = current_database())
  )
  select f.feed, f.title, f.sources, coalesce(o.batches, 0) as batches, coalesce(o.bytes, 0) as bytes, o.since,
         coalesce(o.retrying, false) as retrying, h.feed_id is not null as working,
         coalesce(w.minute, 0) as minute, coalesce(w.hour, 0) as hour, coalesce(w.day, 0) as day,
         coalesce(x.batches, 0) as failed, coalesce(g.open, 0) as open_gaps,
         n.newest::text, d.received_at as last_delivery_at,
         t.name as topic, t.partitions, t.behind, t.measured_at, v.due_at, v.ended_at, coalesce(v.failures, 0) as failures, v.problem
  from feed f
  left join open o using (feed) left join worked w using (feed) left join failed x using (feed) left join gap g using (feed)
  left join held h on h.feed_id = f.id
  left join topic t on t.feed = f.feed and t.connector = $3::jsonb ->> f.feed
  left join connector_visit v on v.feed = f.feed and v.connector = $3::jsonb ->> f.feed
  left join lateral (
    select report_date_max as newest from batch b where b.feed = f.feed and b.report_date_max is not null
    order by b.report_date_max desc limit 1
  ) n on true
  left join lateral (
    select received_at from batch b where b.feed = f.feed and b.origin not in ('RESOLVE', 'WORKBENCH', 'REPLAY')
    order by b.arrival desc limit 1
  ) d on true
  where f.feed = any ($2) order by f.feed`;

const failedMax = 20;
const outboxMax = 10_000;

/** What flows, what waits, what is late, and who holds it up. */
@Injectable()
export class Overview {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
    private readonly connectors: Connectors,
    private readonly pausing: Pausing,
  ) {}

  /** A source sees its own feeds, and nothing of the machinery behind them. */
  async get(viewer: Viewer): Promise<OperationResponse> {
    const inside = hasRole(viewer, 'operator', 'regulator');
    const visible = this.contracts.visibleTo(viewer).map(({ feed }) => feed);
    const pauses = await this.pausing.list(viewer);
    const feeds = await this.feeds(visible, pauses);
    const workers = await this.workers();
    return {
      asOf: this.clock.now().toISOString(),
      working: workers.some(({ alive }) => alive),
      outbox: inside ? await this.outbox() : null,
      ...togetherOf(feeds),
      feeds,
      sources: this.sources(viewer, feeds, inside),
      failed: await this.failed(visible),
      workers: inside ? workers : [],
      runs: inside ? await this.runs() : [],
    };
  }

  private async feeds(visible: string[], pauses: PauseResponse[]): Promise<FeedOperationResponse[]> {
    const now = this.clock.now();
    const connections = this.connections();
    const names = Object.fromEntries([...connections].map(([feed, { connector }]) => [feed, connector]));
    const rows: FlowRow[] = await this.db.query(flowSql, [now, visible, JSON.stringify(names)]);
    return rows.map((row) =>
      toFeedOperationResponse(row, {
        now,
        pauses: pauses.filter(({ feeds }) => feeds.includes(row.feed)),
        connection: connections.get(row.feed),
      }),
    );
  }

  private connections(): Map<string, Connection> {
    const list = this.connectors.all.flatMap((one) =>
      one.feeds.map((feed) => [feed, { connector: one.connector, kind: one.kind, setUp: isSetUp(one) }] as const),
    );
    // A feed with two ways in: the one that has an address is the one that counts.
    return new Map(list.toSorted(([, a], [, b]) => Number(a.setUp) - Number(b.setUp)));
  }

  private sources(viewer: Viewer, feeds: FeedOperationResponse[], inside: boolean): SourceOperationResponse[] {
    return this.contracts.catalogue.sources
      .filter(({ code }) => inside || code === viewer.organisation.code)
      .map(({ code, name }) => {
        const own = feeds.filter(({ sources }) => sources.includes(code));
        const last = own.map(({ lag }) => lag.lastDeliveryAt).filter((at) => at !== null);
        return {
          source: code,
          name,
          feeds: own.length,
          pausedFeeds: own.filter(({ state }) => state === 'PAUSED').length,
          ...togetherOf(own),
          lastDeliveryAt: last.toSorted().at(-1) ?? null,
        };
      });
  }

  private async failed(visible: string[]) {
    const rows: FailedRow[] = await this.db.query(
      `select id, feed, reference, problem, finished_at from batch
       where status = 'FAILED' and finished_at > $1::timestamptz - interval '7 days' and feed = any ($2)
       order by finished_at desc limit ${failedMax}`,
      [this.clock.now(), visible],
    );
    return rows.map(toFailedBatchResponse);
  }

  private async workers() {
    const rows: WorkerRow[] = await this.db.query(
      `select id, started_at, seen_at, lanes, feeds, seen_at > clock_timestamp() - interval '20 seconds' as alive
       from worker order by started_at, id`,
    );
    return rows.map(toWorkerResponse);
  }

  private async outbox(): Promise<number> {
    const [row]: { waiting: number }[] = await this.db.query(
      `select count(*)::int as waiting from (select from outbox limit ${outboxMax}) o`,
    );
    return row!.waiting;
  }

  private async runs() {
    const rows: CountedRun[] = await this.db.query(
      `${countedRunSql} where r.state in ('PROPOSED', 'RUNNING')
         or (r.ended_at > $1::timestamptz - interval '7 days'
             and exists (select from operation_follower f where f.run_id = r.id and f.ended_at is null))
       order by r.id desc`,
      [this.clock.now()],
    );
    return rows.map(toRunResponse);
  }
}
