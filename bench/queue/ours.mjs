// Outbox, relay, bus on PostgreSQL, inbox: in order per key, and the effect in one transaction with the inbox.
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

import { defineEvent, field } from '../../dist/libs/contracts/src/index.js';
import { databaseOptions } from '../../dist/libs/database/src/index.js';
import { Clock, SystemClock } from '../../dist/libs/kernel/src/index.js';
import { addManyToOutbox, EventHandler, MessagingModule } from '../../dist/libs/messaging/src/index.js';
import { answering } from '../processes.mjs';
import { actSql, columns, effectSql, keyOf, openPool, timed, write } from './load.mjs';

const counted = defineEvent('marketplace.number.counted.v1', 'A number was counted.', 'key', {
  key: field.code(),
  number: field.integer(),
});

let heard = 0;
class Hearer {
  async handle(events, tx) {
    await tx.query(effectSql, columns(events.map(({ data }) => data.number)));
    heard += events.length;
  }
}
EventHandler({ name: 'marketplace.hearer', events: [counted], batchMax: 500 })(Hearer);

class ClockModule {}
Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })(ClockModule);
Global()(ClockModule);

class QueueModule {}
Module({
  imports: [
    ClockModule,
    TypeOrmModule.forRoot(databaseOptions({ service: 'marketplace', entities: [], migrations: [] })),
    MessagingModule.forService({ service: 'marketplace', handlers: [Hearer] }),
  ],
  providers: [Hearer],
})(QueueModule);

process.env.DATABASE_POOL_MAX = '20';
const app = await NestFactory.createApplicationContext(QueueModule, { logger: ['error'] });
const database = app.get(DataSource);
const pool = openPool(2);

answering(true, {
  carry: async (load) => {
    heard = 0;
    return timed(
      load,
      pool,
      () => heard,
      () =>
        write(load, (numbers) =>
          database.transaction(async (tx) => {
            await tx.query(actSql, columns(numbers));
            const list = numbers.map((number) => ({ key: keyOf(number), number }));
            await addManyToOutbox(tx, counted, list, new Date());
          }),
        ),
    );
  },
});
