import type { EventEnvelope } from '@app/contracts';
import { Clock, InvalidInput, must } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Delivery } from './delivery.js';
import { faultOfEnvelope, faultOfShape } from './event-check.js';
import { claim, faultText } from './inbox.js';
import { DeadLetterDecided, DeadLetterNotFound, HandlerGone, ReplayFailed } from './messaging.error.js';
import { Messaging } from './messaging.service.js';
import { schemaOf } from './postgres-listening.js';

/** An event that a handler could not take, as an operator sees it. */
export interface DeadLetter {
  id: string;
  handler: string;
  topic: string;
  key: string | null;
  event: unknown;
  error: string;
  tries: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
  state: 'PARKED' | 'REPLAYED' | 'DISCARDED';
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
}

export interface DeadLetterQuery {
  state?: DeadLetter['state'];
  handler?: string;
  /** At most 100, which is also the default. */
  limit?: number;
  /** The `nextCursor` of the page before. */
  cursor?: string;
}

const limitMax = 100;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const columns = `id, handler, topic, key, event, error, tries, first_failed_at as "firstFailedAt",
  last_failed_at as "lastFailedAt", state, decided_by as "decidedBy", decided_at as "decidedAt", reason`;

/** The parked events of one service: look, replay, discard. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly database: DataSource,
    private readonly messaging: Messaging,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Throws InvalidInput for a cursor that no page gave out. */
  async list(query: DeadLetterQuery = {}): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
    const { state = null, handler = null, limit = limitMax, cursor = null } = query;
    if (cursor !== null && !uuid.test(cursor))
      throw new InvalidInput([{ pointer: 'cursor', detail: 'is not the nextCursor of a page' }]);
    const count = Math.max(1, Math.min(limit, limitMax));
    const rows: DeadLetter[] = await this.database.query(
      `select ${columns} from ${this.table}
       where ($1::text is null or state = $1) and ($2::text is null or handler = $2)
         and ($3::uuid is null or number < (select number from ${this.table} where id = $3))
       order by number desc limit $4`,
      [state, handler, cursor, count + 1],
    );
    const items = rows.slice(0, count);
    return { items, nextCursor: rows.length > count ? must(items.at(-1), 'a page has an end').id : null };
  }

  /**
   * Hands the event to its handler again, in one transaction with the inbox and the decision. `by` is a person's id.
   * Throws DeadLetterNotFound, DeadLetterDecided, HandlerGone, or ReplayFailed when the handler throws once more.
   */
  async replay(id: string, by: string): Promise<DeadLetter> {
    try {
      return await this.database.transaction(async (tx) => {
        const letter = await this.lock(tx, id);
        await this.handle(letter, tx);
        return this.decide(tx, id, 'REPLAYED', [by, null]);
      });
    } catch (error) {
      if (error instanceof ReplayFailed) await this.note(id, error.reason);
      throw error;
    }
  }

  /** Closes the letter for good: later copies of the event are ignored too. Throws like replay. */
  async discard(id: string, by: string, reason: string): Promise<DeadLetter> {
    return this.database.transaction(async (tx) => {
      const { handler, event } = await this.lock(tx, id);
      // A broken envelope may have no id that an inbox could hold; its copies would be parked again.
      if (!faultOfShape(event)) await claim(tx, handler, [event as EventEnvelope]);
      return this.decide(tx, id, 'DISCARDED', [by, reason]);
    });
  }

  private async handle({ handler, event }: DeadLetter, tx: EntityManager): Promise<void> {
    const delivery = this.messaging.deliveryOf(handler);
    if (!delivery) throw new HandlerGone(handler);
    const fault = faultOfEnvelope(delivery.spec.events, event);
    if (fault) throw new ReplayFailed(fault);
    await attempt(delivery, event as EventEnvelope<object>, tx);
  }

  private async lock(tx: EntityManager, id: string): Promise<DeadLetter> {
    const [letter]: DeadLetter[] = await tx.query(`select ${columns} from ${this.table} where id = $1 for update`, [
      id,
    ]);
    if (!letter) throw new DeadLetterNotFound();
    if (letter.state !== 'PARKED') throw new DeadLetterDecided(letter.state);
    return letter;
  }

  private async decide(
    tx: EntityManager,
    id: string,
    state: DeadLetter['state'],
    [by, reason]: [string, string | null],
  ): Promise<DeadLetter> {
    const [[letter]]: [DeadLetter[], number] = await tx.query(
      `update ${this.table} set state = $2, decided_by = $3, reason = $4, decided_at = $5 where id = $1
       returning ${columns}`,
      [id, state, by, reason, this.clock.now()],
    );
    return must(letter, 'the letter is locked');
  }

  private async note(id: string, error: string): Promise<void> {
    await this.database.query(
      `update ${this.table} set tries = tries + 1, last_failed_at = clock_timestamp(), error = $2 where id = $1`,
      [id, error],
    );
  }

  private get table(): string {
    return `"${schemaOf(this.database)}".dead_letter`;
  }
}

async function attempt(delivery: Delivery, event: EventEnvelope<object>, tx: EntityManager): Promise<void> {
  try {
    await delivery.handle([event], tx);
  } catch (error) {
    throw new ReplayFailed(faultText(error));
  }
}
