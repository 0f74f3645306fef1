import type { EventEnvelope } from '@app/contracts';
import { recordset } from '@app/database';
import { Logger } from '@nestjs/common';
import pg from 'pg';

import type { EventBus, Listening, Message, MoveRows, Subscription } from './event-bus.js';
import { askLagOf, forgetLagOf } from './lag.js';
import { partitionOf, partitionsPerTopic } from './partition.rules.js';
import { type EventLog, type Head, PostgresListening } from './postgres-listening.js';

/** Publishing of all services of a process and reading of all its consumers share these; both are short statements. */
const poolMax = 4;

/** Notifications wake subscribers within milliseconds; the look around is for those that got lost with a connection. */
const lookEveryMs = 1_000;

/** A subscriber that was away for longer has to be rebuilt from the published views. */
const keepDays = 7;
const pruneEveryMs = 10 * 60_000;
const pruneRows = 10_000;
/** A lane with more behind it is far behind, and counting costs. */
const lagCounted = 10_000;

const appended = recordset({ topic: 'text', partition: 'smallint', key: 'text', event: 'jsonb' });
const appendSql = 'select bus.append($1::text[], $2::smallint[], $3::text[], $4::jsonb[])';

/** An event of the outbox as its envelope; the same as the relay makes of a row that it carries. */
const envelopeSql = `
  jsonb_build_object('id', event_id, 'topic', topic, 'key', key, 'correlationId', correlation_id, 'data', data,
                     'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  || case when traceparent is null then '{}' else jsonb_build_object('traceparent', traceparent) end`;
const moveSql = (service: string): string => `
  with gone as (
    delete from "${service}".outbox where id = any($1::bigint[]) returning id, topic, key, ${envelopeSql} as event
  )
  select bus.append(array_agg(topic order by id), array_agg(lane order by id), array_agg(key order by id),
                    array_agg(event order by id))
  from gone join unnest($1::bigint[], $2::smallint[]) as row (id, lane) using (id) having count(*) > 0`;

const moveRows: MoveRows = async (client, service, rows) => {
  const lanes = rows.map(({ key }) => partitionOf(key));
  await client.query(moveSql(service), [rows.map(({ id }) => id), lanes]);
};

/** Two roles of one database have one address, but for who they are. */
const placeOf = (url: string): string => Object.assign(new URL(url), { username: '', password: '' }).href;

/** Events in a table of PostgreSQL. Reads with the bus's own role: services know nothing of its tables. */
export class PostgresBus implements EventBus, EventLog {
  private readonly log = new Logger('bus');
  private readonly pool: pg.Pool;
  private readonly listening = new Set<PostgresListening>();
  private readonly timers: NodeJS.Timeout[] = [];
  private listener?: pg.Client;
  private closed = false;

  constructor(private readonly url: string) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: poolMax,
      statement_timeout: 30_000,
      application_name: 'bus',
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    this.pool.on('error', (error) => this.log.warn(`connection lost: ${error.message}`));
    this.timers.push(setInterval(() => void this.look(), lookEveryMs).unref());
    this.timers.push(setInterval(() => void this.pruneQuietly(), pruneEveryMs).unref());
  }

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    if (envelopes.length === 0) return;
    const messages = envelopes.map((event) => ({
      topic: event.topic,
      partition: partitionOf(event.key),
      key: event.key,
      event,
    }));
    await this.pool.query(appendSql, appended.parameters(messages));
  }

  moverFrom(databaseUrl: string): MoveRows | undefined {
    return placeOf(databaseUrl) === placeOf(this.url) ? moveRows : undefined;
  }

  async subscribe(subscription: Subscription): Promise<Listening> {
    const listening = await PostgresListening.open(this, subscription);
    this.listening.add(listening);
    askLagOf(listening);
    await this.look();
    return {
      settled: () => listening.settled(),
      close: async () => {
        this.listening.delete(listening);
        forgetLagOf(listening);
        await listening.close();
      },
    };
  }

  async tail(): Promise<string> {
    const { rows } = await this.pool.query<{ tail: string | null }>('select max(position) as tail from bus.message');
    return rows[0]?.tail ?? '';
  }

  async read(lane: { topic: string; partition: number }, after: bigint, max: number): Promise<Message[]> {
    const { rows } = await this.pool.query<{ position: string; event: unknown }>(
      `select position, event from bus.message
       where topic = $1 and partition = $2 and position > $3 order by position limit $4`,
      [lane.topic, lane.partition, after, max],
    );
    return rows.map(({ position, event }) => ({ position: BigInt(position), event }));
  }

  async heads(topics: readonly string[]): Promise<Head[]> {
    const { rows } = await this.pool.query<{ topic: string; partition: number; position: string }>(
      `select lane.topic, lane.partition, head.position
       from (select topic, partition from unnest($1::text[]) topic, generate_series(0, $2 - 1) partition) lane,
       lateral (
         select position from bus.message m
         where m.topic = lane.topic and m.partition = lane.partition::smallint order by position desc limit 1
       ) head`,
      [topics, partitionsPerTopic],
    );
    return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
  }

  async behind(places: readonly Head[]): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      `select count(*)::int as count
       from json_to_recordset($1::json) as place (topic text, partition smallint, position bigint),
       lateral (
         select 1 from bus.message m where m.topic = place.topic and m.partition = place.partition
           and m.position > place.position limit ${lagCounted}
       ) waiting`,
      [JSON.stringify(places.map((place) => ({ ...place, position: String(place.position) })))],
    );
    return rows[0]?.count ?? 0;
  }

  /** Deletes what is older than a week, in small statements. */
  async prune(): Promise<void> {
    let deleted: number;
    do {
      const { rowCount } = await this.pool.query(
        `delete from bus.message where position in (
           select position from (select position, at from bus.message order by position limit $1) oldest
           where at < clock_timestamp() - make_interval(days => $2))`,
        [pruneRows, keepDays],
      );
      deleted = rowCount ?? 0;
    } while (deleted === pruneRows);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([...this.listening].map((listening) => listening.close()));
    await this.listener?.end().catch(() => undefined);
    await this.pool.end();
  }

  /** Listens again if need be, and tells every subscriber where the heads are. Never throws: the next look repairs it. */
  private async look(): Promise<void> {
    const topics = [...new Set([...this.listening].flatMap((listening) => listening.topics))];
    if (topics.length === 0 || this.closed) return;
    try {
      await this.listen();
      this.tell(await this.heads(topics));
    } catch (error) {
      if (!this.closed) this.log.warn(`cannot reach the bus: ${(error as Error).message}`);
    }
  }

  private async listen(): Promise<void> {
    if (this.listener) return;
    const client = new pg.Client({ connectionString: this.url, application_name: 'bus listener' });
    this.listener = client;
    const lost = (): void => {
      if (this.listener === client) delete this.listener;
    };
    client.on('error', lost).on('end', lost);
    client.on('notification', ({ payload }) => this.heard(payload ?? ''));
    try {
      await client.connect();
      await client.query('listen bus');
    } catch (error) {
      lost();
      throw error;
    }
  }

  private heard(payload: string): void {
    if (payload === '') return void this.look();
    this.tell(
      payload.split(',').map((head) => {
        const [topic, partition, position] = head.split(' ');
        return { topic: topic!, partition: Number(partition), position: BigInt(position!) };
      }),
    );
  }

  private tell(heads: Head[]): void {
    for (const listening of this.listening) listening.tell(heads);
  }

  private async pruneQuietly(): Promise<void> {
    await this.prune().catch((error: Error) => this.log.warn(`cannot prune the bus: ${error.message}`));
  }
}
