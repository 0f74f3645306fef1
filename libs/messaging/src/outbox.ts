import type { EventDefinition } from '@app/contracts';
import { type Recordset, recordset } from '@app/database';
import { BrokenInvariant, uuidv7 } from '@app/kernel';
import { correlationId, traceparent } from '@app/observe';
import type { EntityManager } from 'typeorm';

import { faultOfData } from './event-check.js';

/** One row of a service's outbox, ready for insertOutboxSql. */
export interface OutboxRow {
  event_id: string;
  topic: string;
  key: string;
  /** Instant of the act, RFC 3339 UTC. */
  at: string;
  correlation_id: string;
  /** W3C trace context of the act; null while traces are off. */
  traceparent: string | null;
  data: object;
}

/** The rows as parameters of a statement, from the first that is free. */
export const outboxRecordset = (first = 1): Recordset<keyof OutboxRow> =>
  recordset(
    {
      event_id: 'uuid',
      topic: 'text',
      key: 'text',
      at: 'timestamptz',
      correlation_id: 'text',
      traceparent: 'text',
      data: 'jsonb',
    },
    first,
  );

/** The statement that adds the rows of an outboxRecordset, in their order; usable as a CTE. */
export const insertOutboxSql = ({ sql }: Recordset<keyof OutboxRow>, schema?: string): string => `
  insert into ${schema ? `"${schema}".` : ''}outbox (event_id, topic, key, at, correlation_id, traceparent, data)
  select event_id, topic, key, at, correlation_id, traceparent, data from ${sql}`;

const added = outboxRecordset();

/**
 * Puts a fact on its way in the transaction that makes it true: nothing leaves when `tx` rolls back. Events of one
 * key are heard in the order of their commits as long as writers of that key hold a row lock of it until commit.
 * Throws BrokenInvariant when the data does not fit the event's schema.
 */
export async function addToOutbox<D extends object>(
  tx: EntityManager,
  event: EventDefinition<D>,
  data: D,
  at: Date,
): Promise<void> {
  await addManyToOutbox(tx, event, [data], at);
}

/** The same for many facts of one kind, in one statement; the list's order is kept. An empty list does nothing. */
export async function addManyToOutbox<D extends object>(
  tx: EntityManager,
  event: EventDefinition<D>,
  list: readonly D[],
  at: Date,
): Promise<void> {
  if (list.length === 0) return;
  if (!tx.queryRunner?.isTransactionActive)
    throw new BrokenInvariant(`${event.topic} must be told in the transaction that makes it true`);
  const { schema } = tx.connection.options as { schema?: string };
  await tx.query(insertOutboxSql(added, schema), added.parameters(outboxRows(event, list, at)));
  // The relay of this process hears of the commit at once instead of at its next poll.
  tx.queryRunner.data[touchedOutbox] = true;
}

/** Mark on a query runner whose transaction wrote to the outbox. */
export const touchedOutbox = 'touchedOutbox';

/** Checked rows for a lane that inserts them in a statement of its own; call Relay.nudge() after its commit. */
export function outboxRows<D extends object>(event: EventDefinition<D>, list: readonly D[], at: Date): OutboxRow[] {
  return list.map((data) => {
    const fault = faultOfData(event, data);
    if (fault) throw new BrokenInvariant(`an event does not fit its schema: ${fault}`);
    const key = data[event.key];
    if (typeof key !== 'string' || key === '') throw new BrokenInvariant(`${event.topic} has no key in ${event.key}`);
    return {
      event_id: uuidv7(at),
      topic: event.topic,
      key,
      at: at.toISOString(),
      correlation_id: correlationId(),
      traceparent: traceparent(),
      data,
    };
  });
}
