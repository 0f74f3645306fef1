import type { EventEnvelope } from '@app/contracts';
import type { EntityManager } from 'typeorm';

import { schemaOf } from './postgres-listening.js';

/** Longer than the bus keeps an event, so that no copy can outlive the memory of it. */
const keepDays = 14;

const table = (tx: EntityManager, name: string): string => `"${schemaOf(tx.connection)}".${name}`;

/** Notes the events as heard by `handler` and gives back those that were not, in order. */
export async function claim<D extends object>(
  tx: EntityManager,
  handler: string,
  events: EventEnvelope<D>[],
): Promise<EventEnvelope<D>[]> {
  if (events.length === 0) return [];
  const rows: { event_id: string }[] = await tx.query(
    `insert into ${table(tx, 'inbox')} (handler, event_id)
     select distinct $1, id from unnest($2::uuid[]) id
     on conflict do nothing returning event_id`,
    [handler, events.map((event) => event.id)],
  );
  const fresh = new Set(rows.map((row) => row.event_id));
  // delete() answers true once per id: a copy within the same batch is a copy too.
  return events.filter((event) => fresh.delete(event.id.toLowerCase()));
}

/** What an operator reads about a failure. */
export const faultText = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

interface Parked {
  handler: string;
  topic: string;
  /** Anything: it may be broken. */
  event: unknown;
  error: string;
  tries: number;
  failingForMs: number;
}

/** Keeps an event that could not be handled. A copy of one that is parked already only adds to its tries. */
export async function park(tx: EntityManager, parked: Parked): Promise<void> {
  const { id, key } = (parked.event ?? {}) as { id?: unknown; key?: unknown };
  await tx.query(
    `insert into ${table(tx, 'dead_letter')} as letter
       (handler, topic, key, event_id, event, error, tries, first_failed_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() - make_interval(secs => $8))
     on conflict (handler, event_id) do update
       set tries = letter.tries + excluded.tries, error = excluded.error, last_failed_at = clock_timestamp()`,
    [
      parked.handler,
      parked.topic,
      typeof key === 'string' ? storable(key) : null,
      typeof id === 'string' && uuid.test(id) ? id : null,
      storable(JSON.stringify(parked.event ?? null), String.raw`\u0000`, String.raw`\ufffd`),
      storable(parked.error).slice(0, errorMax),
      parked.tries,
      parked.failingForMs / 1_000,
    ],
  );
}

/** Enough for a stack of SQL errors; an operator reads it on a page. */
const errorMax = 2_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** PostgreSQL holds every character but NUL. */
const storable = (text: string, nul = '\0', instead = '\ufffd'): string => text.replaceAll(nul, instead);

/** Forgets what can no longer come again. */
export async function pruneInbox(tx: EntityManager): Promise<void> {
  await tx.query(`delete from ${table(tx, 'inbox')} where at < clock_timestamp() - make_interval(days => $1)`, [
    keepDays,
  ]);
}
