import { correlationId, registry, withCorrelation } from '@app/observe';
import pg from 'pg';
import type { DataSource } from 'typeorm';

import {
  addManyToOutbox,
  addToOutbox,
  type EventBus,
  insertOutboxSql,
  outboxRecordset,
  outboxRows,
  Relay,
} from '../src/index.js';
import { count } from './counting.consumer.js';
import { counted, freshGround, type Ground, until } from './ground.js';

const at = new Date('2026-11-23T02:00:00Z');

/** Notes what is published instead of carrying it. */
const recorder = () => {
  const published: { key: string; number: number; correlationId: string; at: string }[] = [];
  const bus = {
    publish: async (envelopes: { key: string; data: unknown; correlationId: string; at: string }[]) => {
      for (const { key, data, correlationId: id, at: instant } of envelopes)
        published.push({ key, number: (data as { number: number }).number, correlationId: id, at: instant });
    },
  } as unknown as EventBus;
  return { bus, published };
};

describe('the outbox', () => {
  let ground: Ground;
  let database: DataSource;
  const relays: Relay[] = [];
  const startRelay = (bus: EventBus): Relay => {
    const relay = new Relay();
    relay.start('marketplace', bus);
    relays.push(relay);
    return relay;
  };
  const waiting = async (): Promise<number> =>
    Number((await ground.query<{ n: string }>('select count(*) as n from marketplace.outbox'))[0]!.n);

  beforeAll(async () => {
    ground = await freshGround();
    database = await ground.open();
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await ground.query('truncate marketplace.outbox');
  });
  afterAll(() => ground.drop());

  it('tells nothing of work that was undone', async () => {
    const { bus, published } = recorder();
    startRelay(bus);
    await expect(count(database, 'undone', () => Promise.reject(new Error('changed my mind')))).rejects.toThrow();
    await count(database, 'done');
    await until(() => published.length > 0);
    expect(published.map(({ key }) => key)).toEqual(['done']);
  });

  it('keeps the instant of the act and the correlation of the request', async () => {
    const { bus, published } = recorder();
    startRelay(bus);
    await withCorrelation('request-1', () => count(database, 'correlated'));
    await until(() => published.length === 1);
    expect(published[0]).toMatchObject({ correlationId: 'request-1', at: '2026-11-23T02:00:00.000Z' });
    expect(correlationId()).not.toBe('request-1');
  });

  it('refuses data that does not fit the schema, and then nothing of the transaction stays', async () => {
    const wrong = database.transaction(async (tx) => {
      await tx.query(`insert into counter values ('half-done', 1)`);
      await addToOutbox(tx, counted, { key: 'half-done', number: 1.5 }, at);
    });
    await expect(wrong).rejects.toThrow(/number must be integer/);
    expect(await ground.query(`select 1 from marketplace.counter where key = 'half-done'`)).toEqual([]);
  });

  it('refuses to work outside a transaction', async () => {
    await expect(addToOutbox(database.manager, counted, { key: 'a', number: 1 }, at)).rejects.toThrow(/transaction/);
  });

  it('keeps the order of a list, more than a batch long', async () => {
    const { bus, published } = recorder();
    const list = Array.from({ length: 1_234 }, (_, number) => ({ key: 'long', number }));
    await database.transaction((tx) => addManyToOutbox(tx, counted, list, at));
    startRelay(bus);
    await until(async () => (await waiting()) === 0);
    expect(published.map(({ number }) => number)).toEqual(list.map(({ number }) => number));
  });

  it('takes rows from a lane that writes with its own connection and statement', async () => {
    const { bus, published } = recorder();
    const relay = startRelay(bus);
    const client = new pg.Client({ connectionString: process.env['MARKETPLACE_DATABASE_URL']! });
    await client.connect();
    const rows = outboxRecordset(2);
    await client.query(`with told as (${insertOutboxSql(rows)}) insert into counter values ($1, 5)`, [
      'lane',
      ...rows.parameters(outboxRows(counted, [{ key: 'lane', number: 5 }], at)),
    ]);
    relay.nudge();
    await client.end();
    await until(() => published.length === 1);
    expect(published[0]).toMatchObject({ key: 'lane', number: 5 });
  });

  it('keeps what the bus did not take, and sends it when the bus is back', async () => {
    const { bus, published } = recorder();
    let down = true;
    const publish = bus.publish.bind(bus);
    bus.publish = async (envelopes) => (down ? Promise.reject(new Error('no bus')) : publish(envelopes));
    startRelay(bus);
    await count(database, 'patient');
    expect(await waiting()).toBe(1);
    down = false;
    await until(() => published.length === 1);
    await until(async () => (await waiting()) === 0);
  });

  it('says what waits and since when while the bus says nothing at all, and nothing once it leads no more', async () => {
    const { bus } = recorder();
    const silent = Promise.withResolvers<void>();
    bus.publish = () => silent.promise;
    const relay = startRelay(bus);
    await count(database, 'stuck');
    await until(async () => (await told('outbox_depth')) === 1);
    const before = (await told('outbox_age_seconds'))!;
    await ground.query(`update marketplace.outbox set added_at = added_at - interval '2 minutes'`);
    expect((await told('outbox_age_seconds'))! - before).toBeGreaterThanOrEqual(120);
    expect(await told('dead_letters')).toBe(0);
    silent.resolve();
    await relay.stop();
    expect(await told('outbox_age_seconds')).toBeUndefined();
  });

  it('does not wait for a long write elsewhere', async () => {
    const { bus, published } = recorder();
    startRelay(bus);
    let release = (): void => undefined;
    const slow = count(database, 'slow', () => new Promise<void>((done) => (release = done)));
    await until(
      async () => (await ground.query(`select 1 from pg_stat_activity where state = 'idle in transaction'`)).length > 0,
    );
    for (let n = 1; n <= 20; n++) await count(database, 'quick');
    await until(() => published.length === 20);
    expect(published.every(({ key }) => key === 'quick')).toBe(true);
    release();
    await slow;
    await until(() => published.some(({ key }) => key === 'slow'));
  });

  it('keeps the order of each key under writers that race', async () => {
    const { bus, published } = recorder();
    startRelay(bus);
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 40; n++) await count(database, `raced-${(writer + n) % 3}`);
      }),
    );
    await until(() => published.length === 320);
    for (const key of ['raced-0', 'raced-1', 'raced-2']) {
      const numbers = published.filter((each) => each.key === key).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });

  it('has one leader, and another takes over when its connection dies', async () => {
    const first = recorder();
    const second = recorder();
    startRelay(first.bus);
    await count(database, 'led');
    await until(() => first.published.length === 1);
    startRelay(second.bus);
    await count(database, 'still led');
    await until(() => first.published.length === 2);
    expect(second.published).toEqual([]);
    await relays[0]!.stop();
    await count(database, 'taken over');
    await until(() => second.published.length === 1);
    await ground.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'marketplace relay' and datname = current_database()`,
    );
    await count(database, 'reconnected');
    await until(() => second.published.length === 2);
  });
});

/** What a gauge says of this service; undefined where it says nothing. */
async function told(gauge: string): Promise<number | undefined> {
  const text = await registry.metrics();
  const [, value] = new RegExp(`^${gauge}\\{service="marketplace"\\} (\\S+)$`, 'm').exec(text) ?? [];
  return value === undefined ? undefined : Number(value);
}
