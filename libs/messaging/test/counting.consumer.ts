import type { EventEnvelope } from '@app/contracts';
import { databaseOptions } from '@app/database';
import { Clock, FixedClock } from '@app/kernel';
import { correlationId } from '@app/observe';
import { type DynamicModule, Global, Injectable, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';

import { addToOutbox, EventHandler, MessagingModule, type MessagingOptions } from '../src/index.js';
import { counted, type Counted, parts } from './ground.js';

/** Numbers that the handlers refuse, and what they wait for; tests change it as they go. */
@Injectable()
export class Mood {
  readonly refused = new Set<number>();
  hold: (number: number) => Promise<void> = async () => undefined;
}

const heard = `insert into heard (handler, key, number, correlation_id) values ($1, $2, $3, $4)`;

/** Writes down each event. */
@Injectable()
@EventHandler({ name: 'marketplace.single', events: [counted] })
export class SingleCounter {
  constructor(private readonly mood: Mood) {}

  async handle({ data: { key, number } }: EventEnvelope<Counted>, tx: EntityManager): Promise<void> {
    await tx.query(heard, ['single', key, number, correlationId()]);
    await this.mood.hold(number);
    if (this.mood.refused.has(number)) throw new Error(`cannot take ${number}`);
  }
}

/** Writes down many at once. */
@Injectable()
@EventHandler({ name: 'marketplace.batch', events: [counted], batchMax: 500, triesMax: 2 })
export class BatchCounter {
  constructor(private readonly mood: Mood) {}

  async handle(events: EventEnvelope<Counted>[], tx: EntityManager): Promise<void> {
    for (const { data } of events) await tx.query(heard, ['batch', data.key, data.number, correlationId()]);
    const bad = events.find(({ data }) => this.mood.refused.has(data.number));
    if (bad) throw new Error(`cannot take ${bad.data.number}`);
  }
}

@Global()
@Module({ providers: [{ provide: Clock, useValue: new FixedClock('2026-11-23T02:00:00Z') }], exports: [Clock] })
class ClockModule {}

@Module({})
export class CountingModule {
  static of(mood = new Mood(), options: Partial<MessagingOptions> = {}): DynamicModule {
    return {
      module: CountingModule,
      imports: [
        ClockModule,
        TypeOrmModule.forRoot(databaseOptions(parts)),
        MessagingModule.forService({ service: 'marketplace', handlers: [SingleCounter, BatchCounter], ...options }),
      ],
      providers: [{ provide: Mood, useValue: mood }, SingleCounter, BatchCounter],
    };
  }
}

/** Raises the number of a key by one and tells it, holding the key's row as every writer of facts does. */
export async function count(database: DataSource, key: string, pause?: () => Promise<unknown>): Promise<number> {
  return database.transaction(async (tx) => {
    const rows: { number: number }[] = await tx.query(
      `insert into counter as c (key, number) values ($1, 1)
       on conflict (key) do update set number = c.number + 1 returning number`,
      [key],
    );
    const { number } = rows[0]!;
    await addToOutbox(tx, counted, { key, number }, new Date('2026-11-23T02:00:00Z'));
    await pause?.();
    return number;
  });
}
