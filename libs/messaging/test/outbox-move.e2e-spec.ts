import type { EventEnvelope } from '@app/contracts';
import type { DataSource } from 'typeorm';

import { addManyToOutbox, type EventBus, Relay } from '../src/index.js';
import { partitionOf } from '../src/partition.rules.js';
import { PostgresBus } from '../src/postgres-bus.driver.js';
import { busUrl, counted, freshGround, type Ground, until } from './ground.js';

const at = new Date('2026-11-23T02:00:00.045Z');
const keys = ['plain', '企业九一', 'with \'quotes\' and "more"', '𠮷𠮷', 'back\\slash'];

describe('an outbox in the database of its bus', () => {
  let ground: Ground;
  let database: DataSource;
  let bus: PostgresBus;
  const relays: Relay[] = [];
  const startRelay = (to: EventBus): void => {
    const relay = new Relay();
    relay.start('marketplace', to);
    relays.push(relay);
  };
  const stopRelays = () => Promise.all(relays.splice(0).map((relay) => relay.stop()));
  const add = (list: { key: string; number: number }[]): Promise<void> =>
    database.transaction((tx) => addManyToOutbox(tx, counted, list, at));
  const isEmpty = async (): Promise<boolean> => (await ground.query('select 1 from marketplace.outbox')).length === 0;
  const messages = () =>
    ground.query<{ key: string; partition: number; event: EventEnvelope<{ number: number }> }>(
      'select key, partition, event from bus.message order by position',
    );

  beforeAll(async () => {
    ground = await freshGround();
    database = await ground.open();
    bus = new PostgresBus(busUrl());
  });
  afterEach(async () => {
    await stopRelays();
    await ground.query('truncate bus.message');
  });
  afterAll(async () => {
    await bus.close();
    await ground.drop();
  });

  it('tells what a relay tells that carries its rows, in the lanes of their keys', async () => {
    await add(keys.map((key, number) => ({ key, number })));
    await ground.query(`update marketplace.outbox set traceparent = '00-trace' where key = 'plain'`);
    const carried: EventEnvelope[] = [];
    const elsewhere = {
      publish: async (envelopes: readonly EventEnvelope[]) => {
        if (carried.length === 0) carried.push(...envelopes);
        throw new Error('leaves the rows where they are');
      },
    } as unknown as EventBus;
    startRelay(elsewhere);
    await until(() => carried.length === keys.length);
    await stopRelays();

    startRelay(bus);
    await until(isEmpty);
    const moved = await messages();
    expect(moved.map(({ event }) => event)).toEqual(carried);
    expect(moved.map(({ partition }) => partition)).toEqual(keys.map(partitionOf));
    expect(moved.map(({ key }) => key)).toEqual(keys);
  });

  it('keeps the order of a list, more than a batch long', async () => {
    const list = Array.from({ length: 1_234 }, (_, number) => ({ key: 'long', number }));
    await add(list);
    startRelay(bus);
    await until(isEmpty);
    expect((await messages()).map(({ event }) => event.data.number)).toEqual(list.map(({ number }) => number));
  });

  it('tells nothing twice and loses nothing while its relay loses connection after connection', async () => {
    startRelay(bus);
    const adding = { over: false };
    const cutting = (async () => {
      while (!adding.over)
        await ground.query(`select pg_terminate_backend(pid) from pg_stat_activity
                            where application_name = 'marketplace relay' and datname = current_database()`);
    })();
    for (let number = 0; number < 40; number += 1) await add([{ key: `cut-${number % 3}`, number }]);
    adding.over = true;
    await cutting;
    await until(isEmpty);
    expect((await messages()).map(({ event }) => event.data.number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, number) => number),
    );
  });

  it('is no such outbox where the address is another, but for its role', () => {
    const url = new URL(busUrl());
    expect(bus.moverFrom(Object.assign(new URL(url), { username: 'marketplace', password: 'x' }).href)).toBeDefined();
    expect(bus.moverFrom(Object.assign(new URL(url), { pathname: '/other' }).href)).toBeUndefined();
    expect(bus.moverFrom(Object.assign(new URL(url), { port: '1' }).href)).toBeUndefined();
  });
});
