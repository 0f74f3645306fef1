import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eventParked } from '@app/contracts';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';

import { startKafka } from '../../../../infra/local/kafka.mjs';
import { DeadLetters, drain } from '../../src/index.js';
import { KafkaBus } from '../../src/kafka-bus.driver.js';
import { openKafka } from '../../src/kafka-client.js';
import { count, CountingModule, Mood } from '../counting.consumer.js';
import { anEnvelope, counted, freshGround, type Ground, until } from '../ground.js';
import { kafkaOf, logOf } from '../kafka-ground.js';

const range = (size: number, from = 1): number[] => Array.from({ length: size }, (_, at) => from + at);

describe('a consumer on Kafka', () => {
  let settings: ReturnType<typeof kafkaOf>;
  let ground: Ground;
  let bus: KafkaBus;
  const copies: TestingModule[] = [];

  const startCopy = async (): Promise<TestingModule> => {
    const app = await Test.createTestingModule({ imports: [CountingModule.of()] }).compile();
    app.useLogger(false);
    await app.init();
    copies.push(app);
    return app;
  };
  const stopCopy = async (app: TestingModule): Promise<void> => {
    copies.splice(copies.indexOf(app), 1);
    await app.close();
  };
  const heard = async (handler: string, key?: string): Promise<number[]> => {
    const rows = await ground.query<{ number: number }>(
      'select number from marketplace.heard where handler = $1 and ($2::text is null or key = $2) order by turn',
      [handler, key],
    );
    return rows.map(({ number }) => number);
  };

  beforeEach(async () => {
    settings = kafkaOf();
    Object.assign(process.env, { KAFKA_BROKERS: settings.brokers[0], KAFKA_PREFIX: settings.prefix });
    ground = await freshGround();
    bus = new KafkaBus(settings);
  });
  afterEach(async () => {
    await Promise.all(copies.splice(0).map((app) => app.close()));
    await bus.close();
    await ground.drop();
    delete process.env['KAFKA_BROKERS'];
    delete process.env['KAFKA_PREFIX'];
  });

  it('hears the numbers of each key once and in order, while writers race and copies share the work', async () => {
    const app = await startCopy();
    await startCopy();
    const database = app.get(DataSource);
    await Promise.all(
      range(6).map(async (writer) => {
        for (const n of range(30)) await count(database, `key-${(writer + n) % 4}`);
      }),
    );
    await drain();
    for (const handler of ['single', 'batch'])
      for (const key of range(4, 0).map((n) => `key-${n}`)) {
        const numbers = await heard(handler, key);
        expect(numbers).toEqual(range(numbers.length));
      }
    expect([(await heard('single')).length, (await heard('batch')).length]).toEqual([180, 180]);
  });

  it('acts once on an event that comes twice, in one batch or later', async () => {
    await startCopy();
    const twin = anEnvelope({ key: 'twin', number: 1 });
    await bus.publish([twin, twin, anEnvelope({ key: 'twin', number: 2 })]);
    await drain();
    await bus.publish([twin]);
    await drain();
    expect([await heard('single'), await heard('batch')]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('parks the poison alone, holds up no other lane, tells the dead-letter topic, and an operator replays it', async () => {
    const app = await startCopy();
    const [mood, letters] = [app.get(Mood), app.get(DeadLetters)];
    mood.refused.add(3);
    const held = Promise.withResolvers<void>();
    let tries = 0;
    // At its first try its neighbours are with it, and undone with it; from the second on it is alone.
    mood.hold = async (number) => {
      if (number === 3 && (tries += 1) > 1) await held.promise;
    };
    await bus.publish(range(5).map((number) => anEnvelope({ key: 'poison', number })));
    await until(async () => (await heard('single', 'poison')).includes(2));
    const others = range(8).map((n) => `other-${n}`);
    await bus.publish(others.map((key) => anEnvelope({ key, number: 100 })));
    await until(async () => (await heard('single')).filter((number) => number === 100).length >= 5);
    // Three of the eight share its lane. The poison is still in hand: lanes that are not its own did not wait for that.
    expect(await letters.list({ handler: 'marketplace.single' })).toMatchObject({ items: [] });
    held.resolve();
    await drain();
    expect(await heard('single', 'poison')).toEqual([1, 2, 4, 5]);
    const { items } = await letters.list({ handler: 'marketplace.single' });
    expect(items).toMatchObject([{ tries: 5, state: 'PARKED', key: 'poison', error: 'Error: cannot take 3' }]);
    const told = await logOf(settings, eventParked.topic);
    expect(told.map(({ event }) => event.data)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ handler: 'marketplace.single', eventKey: 'poison', tries: 5 }),
        expect.objectContaining({ handler: 'marketplace.batch', eventKey: 'poison', tries: 2 }),
      ]),
    );
    mood.refused.clear();
    await letters.replay(items[0]!.id, 'ann');
    expect(await heard('single', 'poison')).toEqual([1, 2, 4, 5, 3]);
  });

  it('parks what is no event at once, and takes its neighbours', async () => {
    const app = await startCopy();
    const producer = openKafka(settings).producer();
    await producer.connect();
    const topic = settings.prefix + counted.topic;
    await producer.send({
      topic,
      messages: [
        { key: 'broken', value: '\0 not even JSON' },
        { key: 'broken', value: null },
      ],
    });
    await producer.disconnect();
    await bus.publish([
      anEnvelope({ key: 'broken', number: 'one' } as never),
      anEnvelope({ key: 'broken', number: 2 }),
    ]);
    await drain();
    expect(await heard('single')).toEqual([2]);
    const { items } = await app.get(DeadLetters).list({ handler: 'marketplace.single' });
    expect(items.map(({ event }) => event)).toEqual([
      expect.objectContaining({ data: { key: 'broken', number: 'one' } }),
      '',
      '\ufffd not even JSON',
    ]);
  });

  it('loses, doubles and reorders nothing in a storm of copies that come and go', async () => {
    const first = await startCopy();
    const database = first.get(DataSource);
    const storm = { over: false };
    const written = new Map<string, number>();
    const writing = Promise.all(
      range(4).map(async (writer) => {
        while (!storm.over) written.set(`key-${writer}`, await count(database, `key-${writer}`));
      }),
    );
    for (const _ of range(3)) {
      const come = await startCopy();
      await until(async () => (await heard('single')).length > 50);
      await stopCopy(come);
    }
    storm.over = true;
    await writing;
    await drain();
    for (const handler of ['single', 'batch'])
      for (const [key, number] of written) expect(await heard(handler, key)).toEqual(range(number));
  });

  it('starts while Kafka is away, keeps what is written, and goes on through a kill -9 of the broker', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'xinqiao-killed-'));
    const broker = await startKafka({ dataDir });
    Object.assign(process.env, { KAFKA_BROKERS: broker.brokers });
    await broker.kill();
    const app = await startCopy();
    const database = app.get(DataSource);
    for (const _ of range(5)) await count(database, 'patient');
    const second = await startKafka({ dataDir });
    await until(async () => (await heard('single')).length === 5, 60_000);
    await second.kill();
    for (const _ of range(5)) await count(database, 'patient');
    const third = await startKafka({ dataDir });
    await until(async () => (await heard('single')).length === 10, 60_000);
    await drain();
    expect(await heard('single')).toEqual(range(10));
    expect(await heard('batch')).toEqual(range(10));
    await stopCopy(app);
    await third.kill();
    rmSync(dataDir, { recursive: true, force: true });
    // Three starts of a broker on a busy machine.
  }, 180_000);
});
