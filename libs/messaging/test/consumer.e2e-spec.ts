import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';

import { DeadLetters, drain, Relay } from '../src/index.js';
import { PostgresBus } from '../src/postgres-bus.driver.js';
import { count, CountingModule, Mood } from './counting.consumer.js';
import { anEnvelope, busUrl, freshGround, type Ground, until } from './ground.js';

describe('a consumer', () => {
  let ground: Ground;
  let app: TestingModule;
  let bus: PostgresBus;
  let mood: Mood;
  let letters: DeadLetters;

  beforeAll(async () => {
    ground = await freshGround();
    app = await Test.createTestingModule({ imports: [CountingModule.of()] }).compile();
    app.useLogger(false);
    await app.init();
    bus = new PostgresBus(busUrl());
    mood = app.get(Mood);
    letters = app.get(DeadLetters);
  });
  afterEach(async () => {
    mood.refused.clear();
    mood.hold = async () => undefined;
    await drain();
    await ground.query('truncate marketplace.heard, marketplace.dead_letter, marketplace.counter');
  });
  afterAll(async () => {
    await bus.close();
    await app.close();
    await ground.drop();
  });

  const heard = async (handler: string, key?: string): Promise<number[]> => {
    const rows = await ground.query<{ number: number }>(
      'select number from marketplace.heard where handler = $1 and ($2::text is null or key = $2) order by turn',
      [handler, key],
    );
    return rows.map(({ number }) => number);
  };

  it('hears what another part of the house committed, and the relay knows of the commit at once', async () => {
    const relay = app.get(Relay);
    const nudge = relay.nudge.bind(relay);
    let nudges = 0;
    relay.nudge = () => {
      nudges += 1;
      nudge();
    };
    await count(app.get(DataSource), 'quick');
    expect(nudges).toBe(1);
    relay.nudge = nudge;
    await until(async () => (await heard('single')).length === 1);
    await drain();
    expect(await heard('batch')).toEqual([1]);
  });

  it('acts once on an event that comes twice, in one batch or later', async () => {
    const twin = anEnvelope({ key: 'twin', number: 1 });
    await bus.publish([twin, twin, anEnvelope({ key: 'twin', number: 2 })]);
    await drain();
    await bus.publish([twin]);
    await drain();
    expect(await heard('single')).toEqual([1, 2]);
    expect(await heard('batch')).toEqual([1, 2]);
  });

  it('works under the correlation of the event', async () => {
    await bus.publish([anEnvelope({ key: 'corr', number: 1 })]);
    await drain();
    const rows = await ground.query('select distinct correlation_id from marketplace.heard');
    expect(rows).toEqual([{ correlation_id: 'correlation of corr' }]);
  });

  it('hears the numbers of each key in order while writers race', async () => {
    const database = app.get(DataSource);
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let n = 0; n < 30; n++) await count(database, `key-${(writer + n) % 4}`);
      }),
    );
    await drain();
    for (const handler of ['single', 'batch'])
      for (const key of ['key-0', 'key-1', 'key-2', 'key-3']) {
        const numbers = await heard(handler, key);
        expect(numbers).toEqual(numbers.map((_, at) => at + 1));
      }
    expect([(await heard('single')).length, (await heard('batch')).length]).toEqual([180, 180]);
  });

  it('forgives a failure that passes', async () => {
    mood.refused.add(1);
    await bus.publish([anEnvelope({ key: 'shaky', number: 1 })]);
    await until(async () => (await letters.list({ handler: 'marketplace.batch' })).items.length === 1);
    mood.refused.clear();
    await drain();
    // The batch handler has two tries and gave up, the single one has five and made it.
    expect(await heard('single')).toEqual([1]);
    expect((await letters.list({ handler: 'marketplace.single' })).items).toEqual([]);
  });

  it('parks the poison alone, and the next ones of the same key are handled', async () => {
    mood.refused.add(3);
    await bus.publish([1, 2, 3, 4, 5].map((number) => anEnvelope({ key: 'poison', number })));
    await drain();
    expect(await heard('single')).toEqual([1, 2, 4, 5]);
    expect(await heard('batch')).toEqual([1, 2, 4, 5]);
    const { items } = await letters.list();
    expect(items.map(({ handler, tries, state, key }) => ({ handler, tries, state, key }))).toEqual(
      expect.arrayContaining([
        { handler: 'marketplace.single', tries: 5, state: 'PARKED', key: 'poison' },
        { handler: 'marketplace.batch', tries: 2, state: 'PARKED', key: 'poison' },
      ]),
    );
    expect(items[0]!.error).toBe('Error: cannot take 3');
    const told = await ground.query(
      `select event->'data'->>'handler' as handler from bus.message
       where topic = 'messaging.event.parked.v1' and event->'data'->>'eventKey' = 'poison' order by handler`,
    );
    expect(told).toEqual([{ handler: 'marketplace.batch' }, { handler: 'marketplace.single' }]);
  });

  it('handles a parked event again when an operator says so, once', async () => {
    mood.refused.add(1);
    await bus.publish([anEnvelope({ key: 'later', number: 1 })]);
    await drain();
    const { items } = await letters.list({ handler: 'marketplace.single' });
    const { id } = items[0]!;
    await expect(letters.replay(id, 'ann')).rejects.toMatchObject({ code: 'MESSAGING.REPLAY_FAILED' });
    expect((await letters.list({ handler: 'marketplace.single' })).items[0]).toMatchObject({
      tries: 6,
      state: 'PARKED',
      error: 'Error: cannot take 1',
    });
    mood.refused.clear();
    const replays = await Promise.allSettled([letters.replay(id, 'ann'), letters.replay(id, 'bob')]);
    expect(replays.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await heard('single')).toEqual([1]);
    expect((await letters.list({ state: 'REPLAYED' })).items[0]).toMatchObject({
      id,
      decidedAt: new Date('2026-11-23T02:00:00Z'),
    });
  });

  it('forgets a discarded event for good, also when a copy comes', async () => {
    mood.refused.add(1);
    const event = anEnvelope({ key: 'gone', number: 1 });
    await bus.publish([event]);
    await drain();
    for (const { id } of (await letters.list()).items) await letters.discard(id, 'ann', 'made by a test');
    mood.refused.clear();
    await bus.publish([event]);
    await drain();
    expect([...(await heard('single')), ...(await heard('batch'))]).toEqual([]);
    const { items } = await letters.list({ state: 'DISCARDED' });
    expect(items).toHaveLength(2);
    await expect(letters.replay(items[0]!.id, 'ann')).rejects.toMatchObject({ code: 'MESSAGING.DEAD_LETTER_DECIDED' });
    await expect(letters.discard('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'ann', '')).rejects.toMatchObject({
      code: 'MESSAGING.DEAD_LETTER_NOT_FOUND',
    });
  });

  it('parks a broken event at once and takes its neighbours', async () => {
    const broken = { ...anEnvelope({ key: 'broken', number: 1 }), data: { key: 'broken', number: 'one' } };
    const worse = { topic: broken.topic, key: 'broken', hello: '\0' } as never;
    const good = anEnvelope({ key: 'broken', number: 2 });
    await bus.publish([broken as never, good]);
    await ground.query(
      `insert into bus.message (topic, partition, key, event)
       select topic, partition, key, '"not even an object"' from bus.message where event->>'id' = $1`,
      [good.id],
    );
    await expect(bus.publish([worse])).rejects.toThrow(/unicode/i);
    await drain();
    expect(await heard('single')).toEqual([2]);
    const { items } = await letters.list({ handler: 'marketplace.single' });
    expect(items.map(({ tries, event }) => ({ tries, event }))).toEqual([
      { tries: 1, event: 'not even an object' },
      { tries: 1, event: broken },
    ]);
    expect(items[1]!.error).toMatch(/number must be integer/);
  });

  it('pages through dead letters, newest first', async () => {
    [1, 2, 3].forEach((number) => mood.refused.add(number));
    await bus.publish([1, 2, 3].map((number) => anEnvelope({ key: 'page', number })));
    await drain();
    const first = await letters.list({ handler: 'marketplace.batch', limit: 2 });
    const second = await letters.list({ handler: 'marketplace.batch', limit: 2, cursor: first.nextCursor! });
    const numbers = [...first.items, ...second.items].map(
      ({ event }) => (event as { data: { number: number } }).data.number,
    );
    expect(numbers).toEqual([3, 2, 1]);
    expect(second.nextCursor).toBeNull();
    await expect(letters.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('does not blame an event for an outage of the database', async () => {
    await bus.publish([anEnvelope({ key: 'outage', number: 1 })]);
    let cuts = 0;
    mood.hold = async () => {
      if (cuts++ > 6) return;
      await ground.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where usename = 'marketplace' and state = 'idle in transaction' and datname = current_database()`,
      );
    };
    await until(async () => (await heard('single')).length === 1, 30_000);
    expect((await letters.list()).items).toEqual([]);
    expect(cuts).toBeGreaterThan(6);
  });

  it('ends work in flight before it stops, and the rest is heard after the next start', async () => {
    let begun = false;
    let release = (): void => undefined;
    mood.hold = () => {
      begun = true;
      return new Promise<void>((done) => (release = done));
    };
    await bus.publish([anEnvelope({ key: 'stop', number: 1 })]);
    await until(() => begun);
    const closing = app.close();
    release();
    await closing;
    expect(await heard('single')).toEqual([1]);
    app = await Test.createTestingModule({ imports: [CountingModule.of()] }).compile();
    app.useLogger(false);
    await app.init();
    [mood, letters] = [app.get(Mood), app.get(DeadLetters)];
    await bus.publish([anEnvelope({ key: 'stop', number: 2 })]);
    await drain();
    expect(await heard('single')).toEqual([1, 2]);
  });
});
