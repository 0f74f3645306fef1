import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { makeUscc } from '@app/kernel';
import kafkajs from 'kafkajs';

import { type LocalKafka, startKafka } from '../../../../infra/local/kafka.mjs';
import { type Ingestion, startIngestion } from '../ingest.js';

const { Kafka, logLevel } = kafkajs;
const feed = 'tech.staff';
const topic = 'hr.staff';
const account = { name: 'xinqiao', password: 'A-password-of-the-source-1' };

const message = (at: number) => ({
  value: JSON.stringify({
    record_key: `T-${at}`,
    uscc: makeUscc('320505', at),
    event_date: '2026-01-31',
    report_date: '2026-02-01',
    op: 'I',
    year: '2025',
    staff: at,
    rd_staff: 1,
  }),
});

describe("a source's Kafka that asks who we are, behind a certificate of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-secured-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...options: string[]) => execFileSync('openssl', options, { cwd: folder, stdio: 'pipe' });
  let kafka: LocalKafka;
  let city: Ingestion | undefined;

  /** A made-up authority, and what it signed for the broker. */
  function certify(name: string): void {
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`,
      '-days', '2', '-subj', `/CN=${name} authority`); // prettier-ignore
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}-broker.key`, '-out', `${name}-broker.csr`,
      '-subj', '/CN=127.0.0.1'); // prettier-ignore
    writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1');
    openssl('x509', '-req', '-in', `${name}-broker.csr`, '-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial',
      '-days', '2', '-extfile', 'names', '-out', `${name}-broker.pem`); // prettier-ignore
    const parts = [`${name}-broker.key`, `${name}-broker.pem`, `${name}.pem`];
    writeFileSync(at(`${name}-all.pem`), parts.map((part) => readFileSync(at(part), 'utf8')).join(''));
  }

  beforeAll(async () => {
    certify('city');
    certify('other');
    kafka = await startKafka({ dataDir: at('kafka'), secured: { pem: at('city-all.pem'), ...account } });
    const owner = new Kafka({ brokers: [kafka.brokers], logLevel: logLevel.NOTHING });
    const [admin, producer] = [owner.admin(), owner.producer()];
    await admin.connect();
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1, replicationFactor: 1 }] });
    await producer.connect();
    await producer.send({ topic, messages: Array.from({ length: 40 }, (_, place) => message(place)) });
    await producer.disconnect();
    await admin.disconnect();
  }, 300_000);
  afterEach(async () => {
    await city?.stop();
    city = undefined;
  });
  afterAll(async () => {
    await kafka.stop();
    for (const name of ['CONNECTORS_DIR', 'HR_KAFKA', 'HR_USER', 'HR_PASSWORD']) delete process.env[name];
    rmSync(folder, { recursive: true });
  });

  /** What the connector points to; it is read anew at each try. */
  function set({ password = account.password, ca = 'city.pem' }: { password?: string; ca?: string } = {}): void {
    process.env['HR_PASSWORD'] = password;
    rmSync(at('trusted.pem'), { force: true });
    if (ca !== '') copyFileSync(at(ca), at('trusted.pem'));
  }
  async function start(mechanism = 'scram-sha-512'): Promise<void> {
    writeFileSync(
      at('connector.yaml'),
      `connector: human-resources
kind: KAFKA
feeds: [${feed}]
brokers: { setting: HR_KAFKA }
tls: true
ca: { file: ${at('trusted.pem')} }
proof: { kind: SASL, mechanism: ${mechanism}, username: { setting: HR_USER }, password: { setting: HR_PASSWORD } }
group: xinqiao
topics: [{ feed: ${feed}, topic: ${topic} }]
batchRows: 20
batchSeconds: 30
`,
    );
    city = await startIngestion({ CONNECTORS_DIR: folder, HR_KAFKA: kafka.secured!, HR_USER: account.name });
  }
  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const giveUpAt = performance.now() + 60_000; performance.now() < giveUpAt; await pause(100))
      if (await holds()) return;
    throw new Error(`never: ${what}`);
  }
  const connection = async () => {
    const { feeds } = (await city!.operator.get('/api/ingestion/operation')).body as {
      feeds: { feed: string; connection: { failures: number; problem: string | null } }[];
    };
    return feeds.find((one) => one.feed === feed)!.connection;
  };
  const taken = async () =>
    (
      await city!.db.query<{ n: number }>(
        `select coalesce(sum(next_offset), 0)::int as n from ingestion.topic_position where feed = $1`,
        [feed],
      )
    )[0]!.n;
  const isTakenIn = async () => {
    await until('all messages are batches', async () => (await taken()) === 40);
    await city!.settle();
    const [sums] = await city!.db.query(
      `select sum(read)::int as read, sum(accepted)::int as accepted from ingestion.batch where origin = 'TOPIC'`,
    );
    expect(sums).toEqual({ read: 40, accepted: 40 });
    expect(await connection()).toMatchObject({ failures: 0, problem: null });
  };

  it.each(['scram-sha-512', 'plain'])(
    'is read with %s under its own authority',
    async (mechanism) => {
      set();
      await start(mechanism);
      await isTakenIn();
    },
    120_000,
  );

  it.each([
    ['a wrong password', { password: 'wrong-one' }, 'refused our name or password'],
    ['an authority that did not sign it', { ca: 'other.pem' }, 'the certificate'],
    ['a file of an authority that is not there', { ca: '' }, 'trusted.pem'],
  ])(
    'is not read with %s: the page says why, and no secret; once it is right nothing was lost',
    async (_what, wish, words) => {
      set(wish);
      await start();
      await until('the page says why', async () => (await connection()).problem !== null);
      const { problem, failures } = await connection();
      expect(problem).toContain(words);
      expect(problem).not.toContain('wrong-one');
      expect([failures > 0, await taken()]).toEqual([true, 0]);
      expect(await city!.db.query(`select 1 from ingestion.batch where origin = 'TOPIC'`)).toEqual([]);
      set();
      await isTakenIn();
    },
    180_000,
  );
});
