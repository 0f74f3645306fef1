import { type EventEnvelope, eventParked } from '@app/contracts';
import type { EntityManager } from 'typeorm';

import { addToOutbox } from './outbox.js';
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

/**
 * Keeps an event that could not be handled, and tells the dead-letter topic of it. A copy of one that is parked already
 * only adds to its tries.
 */
export async function park(tx: EntityManager, parked: Parked): Promise<void> {
  const { id, key } = (parked.event ?? {}) as { id?: unknown; key?: unknown };
  const eventKey = typeof key === 'string' ? storable(key) : null;
  const eventId = typeof id === 'string' && uuid.test(id) ? id : null;
  const event = storable(JSON.stringify(parked.event ?? null), String.raw`\u0000`, String.raw`\ufffd`);
  const error = cut(storable(parked.error), errorMax);
  const { handler, topic, tries } = parked;
  await tx.query(
    `insert into ${table(tx, 'dead_letter')} as letter
       (handler, topic, key, event_id, event, error, tries, first_failed_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() - make_interval(secs => $8))
     on conflict (handler, event_id) do update
       set tries = letter.tries + excluded.tries, error = excluded.error, last_failed_at = clock_timestamp()`,
    [handler, topic, eventKey, eventId, event, error, tries, parked.failingForMs / 1_000],
  );
  const told = { handler, topic, eventKey: eventKey && cut(eventKey, keyMax), eventId, tries, error };
  await addToOutbox(tx, eventParked, { ...told, event: cut(event, eventMax) }, new Date());
}

/** Enough for a stack of SQL errors; an operator reads it on a page. */
const errorMax = 2_000;
/** What the dead-letter topic tells; the whole is in the table. */
const keyMax = 200;
const eventMax = 100_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** PostgreSQL holds every character but NUL. */
const storable = (text: string, nul = '\0', instead = '\ufffd'): string => text.replaceAll(nul, instead);

/** A cut may fall between the halves of a character, which PostgreSQL does not hold either. */
const cut = (text: string, max: number): string => text.slice(0, max).toWellFormed();

/** Forgets what can no longer come again. */
export async function pruneInbox(tx: EntityManager): Promise<void> {
  await tx.query(`delete from ${table(tx, 'inbox')} where at < clock_timestamp() - make_interval(days => $1)`, [
    keepDays,
  ]);
}
