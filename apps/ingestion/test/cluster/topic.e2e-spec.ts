import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { makeUscc } from '@app/kernel';
import kafkajs from 'kafkajs';

import { TopicJob } from '../../src/topic/topic.job.js';
import { type Ingestion, startIngestion } from '../ingest.js';

const { Kafka, logLevel } = kafkajs;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const feed = 'tech.staff';

const message = (at: number) =>
  JSON.stringify({
    record_key: `T-${at}`,
    uscc: makeUscc('320505', at),
    event_date: '2026-01-31',
    report_date: '2026-02-01',
    op: 'I',
    year: '2025',
    staff: at,
    rd_staff: 1,
  });

describe('a source that speaks on a topic of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-connectors-'));
  const kafka = new Kafka({ brokers: [process.env['TEST_KAFKA_BROKERS']!], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer();
  let city: Ingestion;
  let topic: string;
  let group: string;

  beforeAll(async () => {
    await admin.connect();
    await producer.connect();
  });
  beforeEach(async () => {
    [topic, group] = [`staff-${randomUUID()}`, `city-${randomUUID()}`];
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 2, replicationFactor: 1 }] });
    writeFileSync(
      join(folder, 'a.yaml'),
      `connector: city-hall
kind: KAFKA
feeds: [${feed}]
brokers: { setting: CITY_HALL_KAFKA }
proof: { kind: NONE }
group: ${group}
topics: [{ feed: ${feed}, topic: ${topic} }]
batchRows: 20
batchSeconds: 30
`,
    );
    Object.assign(process.env, { CONNECTORS_DIR: folder, CITY_HALL_KAFKA: process.env['TEST_KAFKA_BROKERS'] });
  });
  afterEach(() => city.stop());
  afterAll(async () => {
    await producer.disconnect();
    await admin.disconnect();
    for (const name of ['CONNECTORS_DIR', 'CITY_HALL_KAFKA', 'INGESTION_WORKER']) delete process.env[name];
    rmSync(folder, { recursive: true });
  });

  const say = (partition: number, ...values: (string | Buffer | null)[]) =>
    producer.send({ topic, messages: values.map((value) => ({ partition, value })) });
  const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => message(from + at));
  const until = async (what: string, holds: () => Promise<boolean>) => {
    for (const giveUpAt = performance.now() + 60_000; performance.now() < giveUpAt; await pause(50))
      if (await holds()) return;
    throw new Error(`never: ${what}`);
  };
  const batches = () =>
    city.db.query<{ id: string; reference: string; read: number }>(
      `select id, reference, read::int from ingestion.batch where origin = 'TOPIC' order by reference`,
    );
  const sums = async () =>
    (
      await city.db.query(
        `select coalesce(sum(read), 0)::int as read, coalesce(sum(accepted), 0)::int as accepted,
                coalesce(sum(unchanged), 0)::int as unchanged, coalesce(sum(refused), 0)::int as refused
         from ingestion.batch where origin = 'TOPIC'`,
      )
    )[0];
  const taken = async () =>
    Number(
      (
        await city.db.query<{ n: string }>('select coalesce(sum(next_offset), 0) as n from ingestion.topic_position')
      )[0]!.n,
    );
  const operation = async () => {
    const { feeds } = (await city.operator.get('/api/ingestion/operation')).body as { feeds: { feed: string }[] };
    return feeds.find((one) => one.feed === feed) as unknown as {
      state: string;
      topic: { behind: number } | null;
      connection: object;
    };
  };
  const later = (seconds: number) => city.clock.set(new Date(city.clock.now().getTime() + seconds * 1_000));
  const flush = async (messages: number) => {
    // Fetched, but too few and too young: only time makes a batch of them.
    await until('all are taken', async () => {
      later(31);
      return (await taken()) === messages;
    });
    await city.settle();
  };

  it('is taken in by number or by time, each batch named by its first message, and the lag is seen', async () => {
    await say(0, ...range(0, 45));
    await say(1, ...range(100, 3));
    city = await startIngestion();
    await until('full batches', async () => (await batches()).length === 2);
    await until('the lag is told', async () => (await operation()).topic?.behind === 8);
    expect(await operation()).toMatchObject({
      topic: { connector: 'city-hall', topic, partitions: 2 },
      connection: { kind: 'KAFKA', setUp: true, failures: 0, problem: null },
    });
    await flush(48);
    expect((await batches()).map(({ reference, read }) => [reference, read])).toEqual([
      [`topic-${topic}-0-0`, 20],
      [`topic-${topic}-0-20`, 20],
      [`topic-${topic}-0-40`, 5],
      [`topic-${topic}-1-0`, 3],
    ]);
    expect(await sums()).toEqual({ read: 48, accepted: 48, unchanged: 0, refused: 0 });
    // The source sees in its own Kafka how far we are.
    await until('it is committed', async () => {
      const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return offsets!.partitions.every(({ partition, offset }) => offset === (partition === 0 ? '45' : '3'));
    });
    await until('nothing is behind', async () => (await operation()).topic?.behind === 0);
  });

  it('is told of each message that cannot be read, with its partition and offset; the others come in', async () => {
    await say(0, message(1), 'no json', null, Buffer.from([0xff, 0xfe, 0x00]), '[1]', `{"x":"${'y'.repeat(400_000)}"}`);
    await say(1, message(2), JSON.stringify({ record_key: 'T-9', uscc: 'SHORT', event_date: '2026-01-31' }));
    city = await startIngestion();
    await flush(8);
    const rows = await city.db.query(
      `select q.place, q.code, left(q.raw, 14) as raw from ingestion.quarantine q join ingestion.batch b on b.id = q.batch_id
       where b.origin = 'TOPIC' order by q.place`,
    );
    expect(rows).toMatchObject([
      { place: `${topic}[0]@1`, code: 'LINE_UNREADABLE', raw: 'no json' },
      { place: `${topic}[0]@2`, code: 'LINE_UNREADABLE', raw: '' },
      { place: `${topic}[0]@3`, code: 'LINE_UNREADABLE', raw: 'base64://4A' },
      { place: `${topic}[0]@4`, code: 'LINE_UNREADABLE', raw: '[1]' },
      { place: `${topic}[0]@5`, code: 'LINE_TOO_LONG' },
      { place: `${topic}[1]@1` },
    ]);
    expect(await sums()).toMatchObject({ read: 8, accepted: 2 });
  }, 120_000);

  it('counts once what is heard twice: its Kafka forgot that a batch was taken', async () => {
    await say(0, ...range(0, 60));
    city = await startIngestion();
    await until('all are taken', async () => (await taken()) === 60);
    await city.settle();
    const before = await batches();
    await city.app.get(TopicJob).onApplicationShutdown();
    // As after a death between the batch and the commit: the group stands at the beginning again.
    await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '0' }] });
    const again = await startIngestion({ DATA_DIR: city.folder }, city.db);
    await say(0, ...range(60, 20));
    await until('what is new is taken', async () => (await taken()) === 80);
    await city.settle();
    await again.stop();
    expect((await batches()).slice(0, 3)).toEqual(before);
    expect(await sums()).toEqual({ read: 80, accepted: 80, unchanged: 0, refused: 0 });
  }, 120_000);

  it('loses and doubles no message when the reader is killed with -9, again and again', async () => {
    city = await startIngestion({ INGESTION_WORKER: '0' });
    let said = 0;
    for (let death = 1; death <= 4; death += 1) {
      await say(0, ...range(said, 300));
      await say(1, ...range(said + 300, 200));
      said += 500;
      const child = spawn(
        process.execPath,
        ['--import', here('../../../../test/support/run-ts.mjs'), here('../crash-child.ts')],
        {
          stdio: ['ignore', 'ignore', 'inherit'],
          env: { ...process.env, INGESTION_WORKER: '1', DATA_DIR: city.folder },
        },
      );
      const gone = once(child, 'exit');
      // In the middle of its work; the last one may finish.
      const enough = death === 4 ? said : said - 250;
      await until(`${enough} of ${said} are taken`, async () => (await taken()) >= enough);
      if (death === 4)
        await until('all are worked off', async () => ((await sums()) as { read: number }).read === said);
      child.kill('SIGKILL');
      await gone;
    }
    expect(await sums()).toEqual({ read: said, accepted: said, unchanged: 0, refused: 0 });
    const [held] = await city.db.query(
      `select count(*)::int as records, count(distinct record_key)::int as keys, max(version) as version from ingestion.record`,
    );
    expect(held).toEqual({ records: said, keys: said, version: 1 });
    process.env['INGESTION_WORKER'] = '1';
  }, 240_000);

  it('is not read while its feed is paused; what was in hand waits as a batch', async () => {
    await say(0, ...range(0, 5));
    city = await startIngestion();
    const job = city.app.get(TopicJob);
    await until('it is read', async () => (await operation()).topic?.behind === 5);
    await pause(1_500);
    const wish = { scope: 'FEED', name: feed, reason: '口径核对' };
    await city.operator.post('/api/ingestion/operation/pauses', wish);
    await until('what was in hand is a batch', async () => (await taken()) === 5);
    expect((await city.operator.get(`/api/ingestion/batches/${(await batches())[0]!.id}`)).body).toMatchObject({
      status: 'RECEIVED',
      paused: true,
    });
    await say(0, ...range(5, 40));
    await until('the lag grows', async () => (await operation()).topic?.behind === 40);
    await job.look();
    expect(await taken()).toBe(5);
    await city.operator.post('/api/ingestion/operation/resumptions', wish);
    await flush(45);
    expect(await sums()).toMatchObject({ read: 45, accepted: 45 });
  }, 120_000);

  it('says what the topic forgot before it was read, and begins anew with one that was made anew', async () => {
    await say(0, ...range(0, 20));
    city = await startIngestion();
    await until('all are taken', async () => (await taken()) === 20);
    await city.app.get(TopicJob).onApplicationShutdown();
    await say(0, ...range(20, 30));
    // The client asks for the leader only after it did not know one.
    const forget = () => admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '30' }] });
    await until('the topic forgot', () =>
      forget().then(
        () => true,
        () => false,
      ),
    );
    let again = await startIngestion({ DATA_DIR: city.folder }, city.db);
    await until('the rest is taken', async () => (await taken()) === 50);
    expect(await city.db.query('select kind, starts, ends, state from ingestion.source_gap')).toEqual([
      { kind: 'OFFSET', starts: `${topic}[0]@20`, ends: `${topic}[0]@29`, state: 'OPEN' },
    ]);
    await again.stop();
    await admin.deleteTopics({ topics: [topic] });
    // A client that knew the old one stumbles over it for a while.
    await until('it is made anew', async () => {
      await admin.createTopics({ topics: [{ topic, numPartitions: 2, replicationFactor: 1 }] }).catch(() => undefined);
      const [at] = await admin.fetchTopicOffsets(topic).catch(() => []);
      return at?.high === '0';
    });
    await until('the new one takes messages', () =>
      say(0, ...range(200, 20)).then(
        () => true,
        () => false,
      ),
    );
    again = await startIngestion({ DATA_DIR: city.folder }, city.db);
    await until('the new one is taken', async () => (await taken()) === 20);
    await city.settle();
    await again.stop();
    expect(await sums()).toMatchObject({ read: 60, accepted: 60 });
  }, 120_000);
});
