import { makeUscc } from '@app/kernel';

import { BatchJob } from '../src/apply/batch.job.js';
import { flowSql } from '../src/operation/overview.service.js';
import { WorkerMarkJob } from '../src/operation/worker-mark.job.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

const feed = 'tech.staff';
const fileOf = (rows: number, day = '2026-02-01') =>
  [
    staffHeader,
    ...Array.from({ length: rows }, (_, at) => `k${at},${makeUscc('320505', at)},2026-01-31,${day},I,2025,${at},1`),
  ].join('\n');

interface Overview {
  feeds: { feed: string; state: string }[];
  sources: { source: string }[];
  failed: object[];
  workers: object[];
  runs: object[];
}

describe('the page of the operation', () => {
  let city: Ingestion;
  beforeEach(async () => void (city = await startIngestion()));
  afterEach(() => city.stop());

  const page = async (client = city.operator) => (await client.get('/api/ingestion/operation')).body as Overview;
  const flow = async () => (await page()).feeds.find((one) => one.feed === feed);
  const pause = () =>
    city.operator.post('/api/ingestion/operation/pauses', { scope: 'FEED', name: feed, reason: '口径核对' });

  it('says of a feed what waits, how late it is, and who holds it up', async () => {
    expect(await flow()).toMatchObject({
      state: 'IDLE',
      backlog: { batches: 0, bytes: 0, oldestReceivedAt: null, oldestSeconds: 0 },
      lag: { newestReportDate: null, days: null, lastDeliveryAt: null, secondsSinceDelivery: null },
    });
    await city.deliver(feed, fileOf(10));
    await pause();
    city.clock.set('2026-11-23T02:10:00Z');
    const file = fileOf(4);
    await city.post(feed, file);
    city.clock.set('2026-11-23T02:11:30Z');
    expect(await flow()).toMatchObject({
      state: 'PAUSED',
      pauses: [{ scope: 'FEED', reason: '口径核对', pausedBy: city.operator.person!.personId }],
      backlog: {
        batches: 1,
        bytes: Buffer.byteLength(file),
        oldestReceivedAt: '2026-11-23T02:10:00.000Z',
        oldestSeconds: 90,
      },
      throughput: { lastMinute: 0, lastHour: 10, lastDay: 10 },
      // From the first of February to the twenty-third of November.
      lag: {
        newestReportDate: '2026-02-01',
        days: 295,
        lastDeliveryAt: '2026-11-23T02:10:00.000Z',
        secondsSinceDelivery: 90,
      },
      failedLastWeek: 0,
    });
    expect(await page()).toMatchObject({ backlog: { batches: 1 }, throughput: { lastHour: 10 } });
  });

  it('counts rows by when they were committed, and forgets them after a day', async () => {
    await city.deliver(feed, fileOf(7));
    expect(await flow()).toMatchObject({ throughput: { lastMinute: 7, lastHour: 7, lastDay: 7 } });
    city.clock.set('2026-11-23T02:30:00Z');
    await city.deliver(feed, fileOf(5, '2026-02-02'));
    expect(await flow()).toMatchObject({ throughput: { lastMinute: 5, lastHour: 12, lastDay: 12 } });
    city.clock.set('2026-11-24T02:10:00Z');
    expect(await flow()).toMatchObject({ throughput: { lastMinute: 0, lastHour: 0, lastDay: 5 } });
  });

  it('names what failed and why, for a week', async () => {
    const broken = await city.deliver(feed, 'x');
    expect(broken.status).toBe('FAILED');
    expect(await page()).toMatchObject({
      failedLastWeek: 1,
      failed: [{ id: broken.id, feed, code: broken.problem!.code, finishedAt: '2026-11-23T02:00:00.000Z' }],
    });
    city.clock.set('2026-12-01T02:00:00Z');
    expect(await page()).toMatchObject({ failedLastWeek: 0, failed: [] });
  });

  it('knows who works: the copies that were seen, and the feed whose lock is held', async () => {
    expect(await page()).toMatchObject({ workers: [], working: false });
    await city.app.get(WorkerMarkJob).run();
    expect(await page()).toMatchObject({ workers: [{ alive: true, lanes: 2, feeds: [] }], working: true });
    const taken = await city.post(feed, fileOf(4_000));
    const seen = new Set<string>();
    while ((await city.operator.get(`/api/ingestion/batches/${(taken.body as Counts).id}`)).body.status !== 'DONE')
      seen.add((await flow())!.state);
    expect(seen).toContain('WORKING');
    await city.settle();
    await city.db.query(`update ingestion.worker set seen_at = seen_at - interval '1 minute'`);
    expect(await page()).toMatchObject({ workers: [{ alive: false }], working: false });
  });

  it('shows a source its own feeds and nothing of the machinery; banks and enterprises nothing', async () => {
    await city.deliver(feed, 'x');
    await pause();
    await city.app.get(WorkerMarkJob).run();
    const { sources } = (await city.operator.get(`/api/ingestion/contracts/${feed}`)).body as { sources: string[] };
    const own = await page(await city.as('source', { code: sources[0]! }));
    expect(own.sources.map(({ source }) => source)).toEqual([sources[0]]);
    expect(own.feeds.length).toBeGreaterThan(0);
    expect(own).toMatchObject({ outbox: null, workers: [], runs: [], working: true, failed: [{ feed }] });
    expect(own.feeds.find((one) => one.feed === feed)).toMatchObject({
      pauses: [{ reason: '口径核对', pausedBy: null }],
    });
    const another = await page(await city.as('source', { code: 'NOBODY' }));
    expect(another).toMatchObject({ feeds: [], sources: [], failed: [], failedLastWeek: 0 });
    const all = (await page(await city.as('regulator'))).feeds;
    expect(all.length).toBeGreaterThan(own.feeds.length);
    expect((await (await city.as('account-manager')).get('/api/ingestion/operation')).status).toBe(403);
  });

  it('reads no table from end to end, however long the house has been running', async () => {
    await city.app.get(BatchJob).onApplicationShutdown();
    const feeds = (await page()).feeds.map((one) => one.feed);
    await city.db.query(
      `insert into ingestion.batch (id, feed, reference, origin, form, bytes, sha256, received_at, status, read, accepted,
                                    report_date_max, finished_at)
       select gen_random_uuid(), ($1::text[])[1 + n % $2], 'old-' || n, 'UPLOAD', 'CSV', 1, 'x', i.at,
              case when n % 50 = 0 then 'FAILED' else 'DONE' end, 5, 5, i.at::date, i.at
       from generate_series(1, 60000) n,
            lateral (select timestamptz '2026-11-23T02:00:00Z' - make_interval(mins => n * 20) as at) i`,
      [feeds, feeds.length],
    );
    await city.db.query(
      `insert into ingestion.part (batch_id, number, lane, done_to, read, accepted, unchanged, stale, quarantined, refused, committed_at)
       select id, n, 1, 5, 1, 1, 0, 0, 0, 0, finished_at from ingestion.batch, generate_series(1, 3) n`,
    );
    await city.db.query('analyze ingestion.batch, ingestion.part');
    const [plan] = await city.db.query<{ 'QUERY PLAN': object }>(
      `explain (analyze, format json) ${flowSql
        .replaceAll('$1', `'2026-11-23T02:00:00Z'`)
        .replaceAll('$2', '$1')
        .replaceAll('$3', `'{}'`)
        .replaceAll(/(from|join) (batch|part|feed|source_gap|connector_visit|topic_position)\b/g, '$1 ingestion.$2')}`,
      [feeds],
    );
    const text = JSON.stringify(plan!['QUERY PLAN']);
    const scanned = [...text.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(([, name]) => name);
    expect(scanned).not.toContain('batch');
    expect(scanned).not.toContain('part');
    expect(text).not.toContain('"record');
    for (const index of ['batch_newest', 'batch_arrival', 'part_committed']) expect(text).toContain(index);
    const milliseconds = Number(/"Execution Time":([\d.]+)/.exec(text)![1]);
    expect(milliseconds).toBeLessThan(500);
  }, 120_000);
});
