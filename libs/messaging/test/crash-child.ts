// A process that the crash test starts and kills with -9. Its first argument says what it does.
import 'reflect-metadata';
import { databaseOptions } from '@app/database';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';

import { Relay } from '../src/index.js';
import { PostgresBus } from '../src/postgres-bus.driver.js';
import { count, CountingModule, Mood } from './counting.consumer.js';
import { busUrl, parts } from './ground.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Says that the moment has come, and stays in it until the parent kills us. */
const freeze = async (): Promise<void> => {
  say('now');
  await new Promise(() => setInterval(() => undefined, 1_000));
};

const acts: Record<string, () => Promise<void>> = {
  /** Commits a fact and is killed before any relay saw it. */
  async commit() {
    const database = await new DataSource(databaseOptions(parts)).initialize();
    await count(database, 'crash');
    await freeze();
  },
  /** Publishes on a bus elsewhere and is killed before the outbox row is deleted. */
  async publish() {
    const bus = Object.assign(new PostgresBus(busUrl()), { moverFrom: () => undefined });
    const publish = bus.publish.bind(bus);
    bus.publish = async (envelopes) => {
      await publish(envelopes);
      await freeze();
    };
    new Relay().start('marketplace', bus);
  },
  /** Handles an event and is killed before the commit. */
  async handle() {
    const mood = new Mood();
    mood.hold = freeze;
    await NestFactory.createApplicationContext(CountingModule.of(mood), { logger: false });
  },
  /** A whole service under load, killed wherever it happens to be; says each number that was acknowledged. */
  async serve() {
    const app = await NestFactory.createApplicationContext(CountingModule.of(), { logger: false });
    const database = app.get(DataSource);
    const write = async (key: string): Promise<void> => {
      for (;;) say(`${key} ${await count(database, key)}`);
    };
    await Promise.all(['one', 'two', 'three'].map(write));
  },
};

await acts[process.argv[2]!]!();
