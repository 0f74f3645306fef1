import { setTimeout as pause } from 'node:timers/promises';

import { databaseUrlOf } from '@app/config';
import type { EventEnvelope } from '@app/contracts';
import { counter, isTracing, SpanKind, startSpan, traceparentOf } from '@app/observe';
import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';

import type { EventBus, MoveRows, WaitingRow } from './event-bus.js';
import { watchOutbox } from './outbox-metrics.js';
import { Waker } from './waker.js';

/** 500 events are one statement on the bus and well under a megabyte. */
const batchMax = 500;
/** A nudge makes the usual case faster; the poll is for lanes that do not nudge and for other processes. */
const idleMs = 150;
/** Between two rounds of a stream of events: what is committed meanwhile goes along, in one append and one delete. */
const gatherMs = 50;
/** How long a copy waits before it looks whether the leader is gone, and before it connects again. */
const standbyMs = 500;
/** A bus that is away keeps a publication waiting for as long as it is away. */
const stopPatienceMs = 5_000;
/** Any number that no other advisory lock of the house uses. */
const leaderLock = 7_002;

const published = counter('outbox_published_total', 'Events handed to the bus', ['service']);

interface Row {
  id: string;
  event_id: string;
  topic: string;
  key: string;
  at: Date;
  correlation_id: string;
  traceparent: string | null;
  added_at: Date;
  data: object;
}

/**
 * Carries a service's outbox to the bus: one leader among the copies of a service, which reads, publishes, then
 * deletes. A death in between publishes twice, which inboxes notice; a bus in the outbox's own database takes the rows over in
 * one transaction, and nothing is told twice. It reads all committed rows by id and no
 * position is kept, so a row that commits late is only seen late and nobody waits for it. Rows of one key are in
 * the order of their commits because their writers take turns on the key's row lock.
 */
@Injectable()
export class Relay {
  private readonly log = new Logger('relay');
  private readonly waker = new Waker();
  private running?: Promise<void>;
  private stopping = false;

  /** Says that something was committed to the outbox; cheap, never throws. addToOutbox does it by itself. */
  nudge(): void {
    this.waker.wake();
  }

  start(service: string, bus: EventBus): void {
    this.running ??= this.run(service, bus);
  }

  /** Ends after the batch in flight; one that the bus does not take now stays for the next relay. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.waker.wake();
    await Promise.race([this.running, pause(stopPatienceMs, undefined, { ref: false })]);
  }

  private async run(service: string, bus: EventBus): Promise<void> {
    while (!this.stopping) {
      // The lock lives and dies with its connection: who loses the one can no longer delete, and another takes over.
      await this.lead(service, bus).catch((error: Error) => this.log.warn(`${service} starts over: ${error.message}`));
      if (!this.stopping) await this.waker.rest(standbyMs);
    }
  }

  private async lead(service: string, bus: EventBus): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrlOf(service),
      application_name: `${service} relay`,
      query_timeout: 30_000,
      keepAlive: true,
    });
    client.on('error', (error) => this.log.warn(`${service} lost its connection: ${error.message}`));
    let unwatch = (): void => undefined;
    try {
      await client.connect();
      while (!this.stopping && !(await tryLock(client, service))) await this.waker.rest(standbyMs);
      if (!this.stopping) unwatch = watchOutbox(service, client);
      while (!this.stopping) {
        const moved = await this.pass(client, service, bus);
        if (moved > 0 && moved < batchMax) await pause(gatherMs);
        if (moved < batchMax) await this.waker.rest(idleMs);
      }
    } finally {
      unwatch();
      await client.end().catch(() => undefined);
    }
  }

  private async pass(client: pg.Client, service: string, bus: EventBus): Promise<number> {
    // A traced event gets a span on its way, for which it has to come through this process.
    const move = isTracing() ? undefined : bus.moverFrom?.(databaseUrlOf(service));
    const moved = await (move ? moveRows(client, service, move) : carryRows(client, service, bus));
    if (moved > 0) published.inc({ service }, moved);
    return moved;
  }
}

async function moveRows(client: pg.Client, service: string, move: MoveRows): Promise<number> {
  const { rows } = await client.query<WaitingRow>(`select id, key from "${service}".outbox order by id limit $1`, [
    batchMax,
  ]);
  if (rows.length > 0) await move(client, service, rows);
  return rows.length;
}

async function carryRows(client: pg.Client, service: string, bus: EventBus): Promise<number> {
  const { rows } = await client.query<Row>(
    `select id, event_id, topic, key, at, correlation_id, traceparent, added_at, data from "${service}".outbox order by id limit $1`,
    [batchMax],
  );
  if (rows.length > 0) {
    await publish(bus, service, rows);
    await client.query(`delete from "${service}".outbox where id = any($1)`, [rows.map((row) => row.id)]);
  }
  return rows.length;
}

async function tryLock(client: pg.Client, service: string): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as mine', [
    leaderLock,
    service,
  ]);
  return rows[0]?.mine === true;
}

/** An event of a traced act gets a span from the act to the bus, and its consumers belong to that. */
async function publish(bus: EventBus, service: string, rows: readonly Row[]): Promise<void> {
  const spans = rows.map((row) =>
    row.traceparent === null
      ? undefined
      : startSpan(`${row.topic} publish`, {
          kind: SpanKind.PRODUCER,
          parent: row.traceparent,
          startTime: row.added_at,
          attributes: { service, 'messaging.destination.name': row.topic },
        }),
  );
  try {
    await bus.publish(rows.map((row, at) => envelopeOf(row, traceparentOf(spans[at]) ?? row.traceparent)));
  } finally {
    for (const span of spans) span?.end();
  }
}

const envelopeOf = (row: Row, traceparent: string | null): EventEnvelope<never> => ({
  id: row.event_id,
  topic: row.topic,
  key: row.key,
  at: row.at.toISOString(),
  correlationId: row.correlation_id,
  ...(traceparent !== null && { traceparent }),
  data: row.data as never,
});
