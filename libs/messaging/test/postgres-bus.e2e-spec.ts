import { randomUUID } from 'node:crypto';

import { PostgresBus } from '../src/postgres-bus.driver.js';
import { busSuite } from './bus-suite.js';
import { anEnvelope, busUrl, counted, freshGround, type Ground, until } from './ground.js';

describe('the PostgreSQL bus', () => {
  busSuite(async () => new PostgresBus(busUrl()));
});

describe('the PostgreSQL bus by itself', () => {
  let ground: Ground;
  let bus: PostgresBus;
  beforeAll(async () => {
    ground = await freshGround();
    bus = new PostgresBus(busUrl());
  });
  afterAll(async () => {
    await bus.close();
    await ground.drop();
  });

  it('never shows a position before a lower one', async () => {
    const publishing = { done: false };
    const publishers = Promise.all(
      Array.from({ length: 4 }, async (_, at) => {
        for (let n = 0; n < 60; n++)
          await bus.publish(Array.from({ length: 5 }, () => anEnvelope({ key: `k${at}-${n}`, number: n })));
      }),
    ).then(() => void (publishing.done = true));
    let last = 0;
    const seen = new Set<number>();
    while (!publishing.done || last < 1_200) {
      const rows = await ground.query<{ position: string }>(
        'select position from bus.message where position > $1 order by position',
        [last],
      );
      for (const { position } of rows) seen.add(Number(position));
      last = Math.max(last, ...rows.map((row) => Number(row.position)));
    }
    await publishers;
    // Reading on from the highest position has missed nobody.
    expect(seen.size).toBe(1_200);
  });

  it('tells of the newest event of each lane, and of no lane in which nothing was said', async () => {
    await ground.query('truncate bus.message');
    await bus.publish([1, 2, 3].map((number) => anEnvelope({ key: 'one lane', number })));
    const [last] = await ground.query<{ position: string }>('select max(position) as position from bus.message');
    expect(await bus.heads([counted.topic, 'marketplace.silence.kept.v1'])).toEqual([
      { topic: counted.topic, partition: expect.any(Number), position: BigInt(last!.position) },
    ]);
  });

  it('forgets events after seven days, and only those', async () => {
    await ground.query('truncate bus.message');
    await bus.publish([anEnvelope({ key: 'old', number: 1 }), anEnvelope({ key: 'new', number: 2 })]);
    await ground.query(`update bus.message set at = at - interval '7 days 1 minute' where key = 'old'`);
    await bus.prune();
    expect(await ground.query('select key from bus.message')).toEqual([{ key: 'new' }]);
  });

  it('goes on after all its connections were cut', async () => {
    const database = await ground.open();
    const got: string[] = [];
    const listening = await bus.subscribe({
      group: `cut-${randomUUID()}`,
      topics: [counted.topic],
      database,
      concurrency: 1,
      work: (partition) =>
        partition
          .take(10, async (messages) => void got.push(...messages.map(({ event }) => (event as { key: string }).key)))
          .then(
            () => 0,
            () => 20,
          ),
    });
    await ground.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bus' and datname = current_database()`,
    );
    await until(() =>
      bus.publish([anEnvelope({ key: 'after', number: 3 })]).then(
        () => true,
        () => false,
      ),
    );
    await until(() => got.includes('after'));
    await listening.close();
  });

  it('refuses services: only the bus reads and writes its log', async () => {
    const database = await ground.open();
    await expect(database.query('select 1 from bus.message')).rejects.toThrow(/permission denied/);
  });
});
