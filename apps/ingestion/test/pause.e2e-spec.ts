import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { BatchJob } from '../src/apply/batch.job.js';
import { DropJob } from '../src/drop/drop.job.js';
import { PullJob } from '../src/pull/pull.job.js';
import { FaultySource, type SourceRow } from './faulty-source.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

const feed = 'tech.staff';
const fileOf = (prefix: string, rows: number) =>
  [
    staffHeader,
    ...Array.from(
      { length: rows },
      (_, at) => `${prefix}${at},${makeUscc('320505', at)},2026-01-31,2026-02-01,I,2025,${at},1`,
    ),
  ].join('\n');

describe('a feed that an operator lets rest', () => {
  const connectors = mkdtempSync(join(tmpdir(), 'xinqiao-connectors-'));
  const source = new FaultySource();
  let city: Ingestion;

  beforeAll(async () => {
    await source.open();
    writeFileSync(
      join(connectors, 'a.yaml'),
      `connector: city-hall
feeds: [${feed}]
kind: HTTP
url: { setting: CITY_HALL_URL }
path: /rows/{feed}
proof: { kind: NONE }
schedule: { everyMinutes: 60 }
pageRows: 4
timeoutSeconds: 1
triesMax: 4
`,
    );
  });
  beforeEach(async () => {
    source.asked.length = 0;
    city = await startIngestion({ CONNECTORS_DIR: connectors, CITY_HALL_URL: source.url, PART_ROWS_MAX: '20' });
  });
  afterEach(() => city.stop());
  afterAll(async () => {
    await source.close();
    delete process.env['CONNECTORS_DIR'];
    rmSync(connectors, { recursive: true });
  });

  const pause = (scope: string, name: string, client: TestClient = city.operator) =>
    client.post('/api/ingestion/operation/pauses', { scope, name, reason: '数据口径核对' });
  const resume = (scope: string, name: string) =>
    city.operator.post('/api/ingestion/operation/resumptions', { scope, name, reason: '核对完毕' });
  const batch = async (id: string) =>
    (await city.operator.get(`/api/ingestion/batches/${id}`)).body as Counts & { paused: boolean };
  const log = async () =>
    (
      (await city.operator.get(`/api/ingestion/operation/log?feed=${feed}`)).body as {
        items: Record<string, unknown>[];
      }
    ).items;

  it('takes deliveries and keeps them in line; the counts come when it goes on, in the order of arrival', async () => {
    expect((await pause('FEED', feed)).status).toBe(201);
    const [first, second] = [await city.post(feed, fileOf('a', 5)), await city.post(feed, fileOf('a', 5))];
    expect([first.status, second.status]).toEqual([202, 202]);
    const other = await city.deliver(
      'tech.title',
      '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,称号,证书编号,有效期起,有效期止',
    );
    expect(other.status).toBe('DONE');
    await city.settle();
    const [one, two] = [first, second].map(({ body }) => (body as Counts).id) as [string, string];
    expect(await batch(one)).toMatchObject({ status: 'RECEIVED', paused: true, read: 0 });
    expect((await resume('FEED', feed)).body).toEqual({ scope: 'FEED', name: feed, stillPaused: [] });
    await city.settle();
    expect(await batch(one)).toMatchObject({ status: 'DONE', paused: false, read: 5, accepted: 5 });
    expect(await batch(two)).toMatchObject({ status: 'DONE', read: 5, unchanged: 5 });
  });

  it('stops a batch after the part in hand and goes on behind it, with nothing lost or doubled', async () => {
    const taken = await city.post(feed, fileOf('b', 4_000));
    const { id } = taken.body as Counts;
    while ((await batch(id)).read === 0) await new Promise((done) => setImmediate(done));
    await pause('FEED', feed);
    await city.settle();
    const held = await batch(id);
    expect(held).toMatchObject({ status: 'RUNNING', paused: true });
    expect(held.read).toBeGreaterThan(0);
    expect(held.read).toBeLessThan(4_000);
    await resume('FEED', feed);
    await city.settle();
    expect(await batch(id)).toMatchObject({ status: 'DONE', read: 4_000, accepted: 4_000 });
  });

  it('rests as one with its source, and only goes on when no pause holds it', async () => {
    const contract = (await city.operator.get(`/api/ingestion/contracts/${feed}`)).body as { sources: string[] };
    const [code] = contract.sources;
    await pause('SOURCE', code!);
    await pause('FEED', feed);
    const { id } = (await city.post(feed, fileOf('c', 2))).body as Counts;
    expect((await resume('FEED', feed)).body).toEqual({ scope: 'FEED', name: feed, stillPaused: [feed] });
    await city.settle();
    expect(await batch(id)).toMatchObject({ status: 'RECEIVED', paused: true });
    const own = await city.as('source', { code: code! });
    const { pauses } = (await own.get('/api/ingestion/operation/pauses')).body as { pauses: Record<string, unknown>[] };
    expect(pauses).toMatchObject([{ scope: 'SOURCE', name: code, reason: '数据口径核对', pausedBy: null }]);
    const stranger = await city.as('source', { code: 'NOBODY' });
    expect((await stranger.get('/api/ingestion/operation/pauses')).body).toEqual({ pauses: [] });
    await resume('SOURCE', code!);
    await city.settle();
    expect(await batch(id)).toMatchObject({ status: 'DONE', accepted: 2 });
  });

  it('leaves the drop folder alone: the file stays where its source put it', async () => {
    const folder = join(city.folder, 'drop', feed);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'x.csv'), fileOf('d', 3));
    writeFileSync(join(folder, 'x.csv.done'), '');
    await pause('FEED', feed);
    await city.app.get(DropJob).run();
    expect(existsSync(join(folder, 'x.csv'))).toBe(true);
    await resume('FEED', feed);
    await city.app.get(DropJob).run();
    expect(existsSync(join(folder, 'taken', 'x.csv'))).toBe(true);
  });

  it('does not ask its source, not even when told to, and asks at once when it goes on', async () => {
    const day = '2026-11-02';
    source.rows = Array.from({ length: 10 }, (_, at): SourceRow => {
      const common = { event_date: day, report_date: day, op: 'I', year: '2025', staff: '1', rd_staff: '1' };
      return { number: at + 1, day, item: { record_key: `P-${at}`, uscc: makeUscc('320505', at), ...common } };
    });
    const job = city.app.get(PullJob);
    await job.look(); // the source is seen for the first time: its turn comes in an hour
    // Paused while its pages come: the page in hand is kept, the next one is not asked for.
    source.onAsked = async () => void (await pause('FEED', feed));
    city.clock.set('2026-11-23T03:00:00Z');
    await job.look();
    await job.settle();
    source.onAsked = undefined;
    expect(source.asked).toHaveLength(1);
    const refused = await city.operator.post(`/api/ingestion/feeds/${feed}/pulls`);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'INGESTION.FEED_PAUSED']);
    city.clock.set('2026-11-23T09:00:00Z');
    await job.look();
    await job.settle();
    expect(source.asked).toHaveLength(1);
    await resume('FEED', feed);
    await job.look();
    await job.settle();
    await city.settle();
    expect(
      await city.db.query('select count(*)::int as n from ingestion_api.record_v1 where feed = $1', [feed]),
    ).toEqual([{ n: 10 }]);
  });

  it('rests on after a restart; each act stays in a log that nobody can change', async () => {
    await pause('FEED', feed);
    const { id } = (await city.post(feed, fileOf('e', 2))).body as Counts;
    await city.app.get(BatchJob).onApplicationShutdown();
    const again = await startIngestion({ DATA_DIR: city.folder }, city.db);
    await again.settle();
    expect((await again.operator.get(`/api/ingestion/batches/${id}`)).body).toMatchObject({ status: 'RECEIVED' });
    await resume('FEED', feed);
    await again.settle();
    expect((await again.operator.get(`/api/ingestion/batches/${id}`)).body).toMatchObject({ status: 'DONE' });
    await again.stop();
    expect(await log()).toMatchObject([
      { act: 'RESUME', feeds: [feed], reason: '核对完毕', personId: city.operator.person!.personId },
      { act: 'PAUSE', feeds: [feed], reason: '数据口径核对', personId: city.operator.person!.personId },
    ]);
    await expect(city.db.query('delete from ingestion.operation_log')).rejects.toThrow('append-only');
  });

  it('is paused and resumed by operators alone, once, with a reason, by a name that there is', async () => {
    for (const role of ['source', 'regulator', 'account-manager'] as const)
      expect((await pause('FEED', feed, await city.as(role))).status).toBe(403);
    const answers = [
      await pause('FEED', 'no.feed'),
      await pause('SOURCE', 'NOBODY'),
      await resume('FEED', feed),
      await pause('FEED', feed),
      await pause('FEED', feed),
      await city.operator.post('/api/ingestion/operation/pauses', { scope: 'FEED', name: feed, reason: ' ' }),
    ];
    expect(answers.map(({ status, body }) => [status, (body as { code?: string }).code])).toEqual([
      [404, 'INGESTION.FEED_UNKNOWN'],
      [404, 'INGESTION.SOURCE_UNKNOWN'],
      [409, 'INGESTION.NOT_PAUSED'],
      [201, undefined],
      [409, 'INGESTION.ALREADY_PAUSED'],
      [422, 'INVALID_INPUT'],
    ]);
  });
});
