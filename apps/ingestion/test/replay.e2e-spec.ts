import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';
import fc from 'fast-check';
import { stringify } from 'yaml';

import type { TestClient } from '../../../test/support/test-service.js';
import type { Contract } from '../src/contract/contract.rules.js';
import { RunJob } from '../src/operation/run.job.js';
import type { RunResponse } from '../src/operation/run.response.js';
import { aContract } from './a-contract.js';
import { type Counts, type Ingestion, startIngestion } from './ingest.js';

const feed = 'town.library';
const header = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,书名,类别,押金(元)';
const row = (key: string, wish: { title?: string; kind?: string; day?: string; op?: string } = {}) => {
  const { title = '书', kind = '科技', day = '2026-03-02', op = 'I' } = wish;
  return `${key},${makeUscc('320505', Number(/\d+$/.exec(key)![0]))},2026-03-01,${day},${op},${title},${kind},1.00`;
};
const mendedKinds = aContract().columns.map((column) =>
  column.name === 'kind' ? { ...column, codes: ['科技', '文学', '体育'] } : column,
);

describe('kept files that are applied again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-contracts-'));
  const contracts = join(folder, 'contracts');
  let city: Ingestion;
  let second: TestClient;

  const write = (wish: Partial<Contract> = {}) =>
    writeFileSync(join(contracts, 'town.library.yaml'), stringify(aContract(wish)));
  beforeEach(async () => {
    cpSync('infra/contracts', contracts, { recursive: true });
    write();
    city = await startIngestion({ CONTRACTS_DIR: contracts, PART_ROWS_MAX: '20' });
    [second] = await Promise.all([city.as('operator'), city.app.get(RunJob).pause()]); // steps come from the test
  });
  afterEach(async () => {
    await city.stop();
    rmSync(contracts, { recursive: true });
  });
  afterAll(() => {
    delete process.env['CONTRACTS_DIR'];
    rmSync(folder, { recursive: true });
  });

  const deliver = (...rows: string[]) => city.deliver(feed, [header, ...rows].join('\n'));
  const replay = (id: string, wish: object = {}) =>
    city.operator.post(`/api/ingestion/batches/${id}/replays`, { reason: '契约已修订', ...wish });
  const propose = (wish: object) =>
    city.operator.post('/api/ingestion/operation/runs', { feed, reason: '下游重算', ...wish });
  const decide = (id: string, by: TestClient, approve = true) =>
    by.post(`/api/ingestion/operation/runs/${id}/decision`, { approve });
  const run = async (id: string) =>
    (await city.operator.get(`/api/ingestion/operation/runs/${id}`)).body as RunResponse;
  /** Steps, a second each, until it is over. */
  const goThrough = async (id: string): Promise<RunResponse> => {
    for (let at = 0; at < 50; at += 1) {
      const now = await run(id);
      if (now.state !== 'RUNNING') return now;
      await city.app.get(RunJob).run();
      await city.settle();
      city.clock.set(new Date(city.clock.now().getTime() + 1_000));
    }
    throw new Error('it does not end');
  };
  const replayed = async (id: string, wish: object = {}) =>
    goThrough(((await replay(id, wish)).body as RunResponse).id);
  const held = async () => ({
    heads: await city.db.query(
      'select record_key, uscc, version, report_date::text, withdrawn, hash from ingestion.record_head order by record_key',
    ),
    versions: await city.db.query('select record_key, version, fields, batch_id from ingestion.record order by 1, 2'),
    stale: await city.db.query(
      'select record_key, report_date, fields from ingestion.stale_record order by 1, 2, 3::text',
    ),
    told: await city.db.query('select count(*) from ingestion.outbox'),
  });
  const openRows = async () =>
    (
      (await city.operator.get(`/api/ingestion/quarantine?feed=${feed}&state=OPEN`)).body as {
        items: Record<string, unknown>[];
      }
    ).items;

  it('change nothing, tell nobody, and say so: every row is unchanged', async () => {
    const first = await deliver(...Array.from({ length: 50 }, (_, at) => row(`K-${at}`)));
    const before = await held();
    const over = await replayed(first.id);
    expect(over).toMatchObject({
      state: 'DONE',
      progress: { done: 1, missing: 0, total: 1 },
      counts: { read: 50, accepted: 0, unchanged: 50, stale: 0, quarantined: 0, refused: 0 },
    });
    const batch = (await city.operator.get(`/api/ingestion/batches/${over.intoBatchId!}`)).body as object;
    expect(batch).toMatchObject({ origin: 'REPLAY', replayOf: first.id, status: 'DONE' });
    expect(await held()).toEqual(before);
  });

  it('leave what came later as it is, also where both have one report date', async () => {
    const first = await deliver(row('K-1', { title: '甲' }), row('K-2', { title: '甲' }), row('K-3', { title: '甲' }));
    await deliver(row('K-1', { title: '乙' }), row('K-2', { op: 'D' }));
    const { heads, versions } = await held();
    expect((await replayed(first.id)).counts).toMatchObject({ accepted: 0, unchanged: 1, stale: 2 });
    // And a replay of a replay is one of the delivery itself.
    const again = await replayed(first.id);
    expect((await replayed(again.intoBatchId!)).counts).toMatchObject({ accepted: 0, unchanged: 1, stale: 2 });
    expect(await held()).toMatchObject({ heads, versions });
  });

  it('take in under a mended contract what was set aside; people see each row once, and settled ones not again', async () => {
    const first = await deliver(
      row('K-1', { kind: '体育' }),
      row('K-2', { kind: '美食' }),
      row('K-3', { kind: '武术' }),
    );
    expect(first).toMatchObject({ quarantined: 3 });
    await city.operator.post('/api/ingestion/quarantine/dismissals', {
      rows: [{ batchId: first.id, lineNumber: 4 }],
      reason: '来源确认不报',
    });
    write({ columns: mendedKinds });
    await city.operator.post('/api/ingestion/contracts/reloads');
    const over = await replayed(first.id);
    expect(over.counts).toMatchObject({ read: 3, accepted: 1, quarantined: 2 });
    expect(await openRows()).toMatchObject([{ batchId: over.intoBatchId, lineNumber: 3 }]);
    const look = await city.operator.get(`/api/ingestion/quarantine/rows/${first.id}/2`);
    expect(look.body).toMatchObject({
      row: { state: 'SETTLED', settledBy: 'REPLAY' },
      acts: [{ kind: 'REPLAY', intoBatch: over.intoBatchId, intoLine: 2, outcome: 'NEW_VERSION' }],
    });
    const origin = await city.operator.get(`/api/ingestion/lineage/record?feed=${feed}&recordKey=K-1`);
    expect(JSON.stringify(origin.body)).toContain(first.id);
  });

  it('are read under the version they came under, and under that of today only when asked', async () => {
    const first = await deliver(row('K-1'), row('K-2', { kind: '体育' }));
    write();
    writeFileSync(
      join(contracts, 'town.library@2.yaml'),
      stringify(aContract({ version: '2', effectiveFrom: '2026-11-20', columns: mendedKinds.slice(1) })),
    );
    expect((await city.operator.post('/api/ingestion/contracts/reloads')).body).toMatchObject({ reloaded: true });
    expect((await replayed(first.id)).counts).toMatchObject({ unchanged: 1, quarantined: 1 });
    const unreadable = await replayed(first.id, { contract: 'CURRENT' });
    expect((await city.operator.get(`/api/ingestion/batches/${unreadable.intoBatchId!}`)).body).toMatchObject({
      contractVersion: '2',
    });
  });

  it('take in a withdrawal that came before its record, as that is there by now', async () => {
    const early = await deliver(row('K-1', { op: 'D', day: '2026-03-03' }));
    await deliver(row('K-1'));
    expect((await replayed(early.id)).counts).toMatchObject({ accepted: 1, quarantined: 0 });
    expect((await held()).heads).toMatchObject([{ record_key: 'K-1', withdrawn: true }]);
  });

  it('whatever was taken in whatever order, applying any of it again moves no head', async () => {
    const anyRow = fc.record({
      key: fc.integer({ min: 1, max: 4 }).map((n) => `K-${n}`),
      title: fc.constantFrom('甲', '乙'),
      day: fc.constantFrom('2026-03-02', '2026-03-03'),
      op: fc.constantFrom('I', 'U', 'D'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyRow, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 4 }),
        fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
        async (files, again) => {
          await city.db.query('truncate ingestion.record, ingestion.record_head, ingestion.stale_record');
          const ids: string[] = [];
          for (const file of files) {
            const { id, quarantined } = await deliver(...file.map((one) => row(one.key, one)));
            if (quarantined === 0) ids.push(id); // what was set aside may find its record by now
          }
          fc.pre(ids.length > 0);
          const { heads, versions } = await held();
          for (const at of again) await replayed(ids[at % ids.length]!);
          expect(await held()).toMatchObject({ heads, versions });
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  describe('of a whole feed', () => {
    it('need a second operator, go in the order of arrival, and say which files are gone', async () => {
      const ids: string[] = [];
      for (let at = 0; at < 25; at += 1) ids.push((await deliver(row(`K-${at % 5}`, { title: `第${at}版` }))).id);
      rmSync(join(city.folder, 'batches', ids[3]!));
      const before = await held();
      const proposed = (await propose({ kind: 'REPLAY_FEED' })).body as RunResponse;
      expect(proposed).toMatchObject({ state: 'PROPOSED', progress: { done: 0, missing: 0, total: null } });
      await city.app.get(RunJob).run();
      expect((await run(proposed.id)).progress.done).toBe(0);
      const own = await decide(proposed.id, city.operator);
      expect([own.status, (own.body as { code: string }).code]).toEqual([403, 'INGESTION.SAME_PERSON']);
      const twice = await propose({ kind: 'REPLAY_FEED' });
      expect([twice.status, (twice.body as { code: string }).code]).toEqual([409, 'INGESTION.RUN_OPEN']);
      city.clock.set(new Date(city.clock.now().getTime() + 1_000));
      expect((await decide(proposed.id, second)).body).toMatchObject({ state: 'RUNNING', progress: { total: 25 } });
      // What comes after the approval is not a part of it, and comes between.
      city.clock.set(new Date(city.clock.now().getTime() + 1_000));
      await deliver(row('K-9'));
      await city.app.get(RunJob).run();
      expect((await run(proposed.id)).progress).toEqual({ done: 9, missing: 1, total: 25 });
      const page = (await city.operator.get('/api/ingestion/operation')).body as { runs: object[] };
      expect(page.runs).toMatchObject([{ id: proposed.id, state: 'RUNNING', progress: { done: 9 } }]);
      const over = await goThrough(proposed.id);
      expect(over).toMatchObject({
        state: 'DONE',
        progress: { done: 24, missing: 1, total: 25 },
        counts: { read: 24, accepted: 0, quarantined: 0 },
      });
      const order = await city.db.query<{ n: string }>(
        `select replay_arrival::text as n from ingestion.batch where run_id = $1 order by arrival`,
        [proposed.id],
      );
      expect(order.map(({ n }) => Number(n))).toEqual(order.map(({ n }) => Number(n)).toSorted((a, b) => a - b));
      const { heads } = await held();
      expect(heads.filter((head) => (head as { record_key: string }).record_key !== 'K-9')).toEqual(before.heads);
      const log = (await city.operator.get(`/api/ingestion/operation/log?feed=${feed}`)).body as {
        items: { act: string }[];
      };
      expect(log.items.map(({ act }) => act)).toEqual([
        'DONE_REPLAY_FEED',
        'APPROVE_REPLAY_FEED',
        'PROPOSE_REPLAY_FEED',
      ]);
    });

    it('are stopped by any operator, and refused by another', async () => {
      await deliver(row('K-1'));
      const first = (await propose({ kind: 'REPLAY_FEED' })).body as RunResponse;
      expect((await decide(first.id, second, false)).body).toMatchObject({ state: 'REJECTED' });
      const next = (await propose({ kind: 'REPLAY_FEED' })).body as RunResponse;
      await decide(next.id, second);
      const stop = () =>
        city.operator.post(`/api/ingestion/operation/runs/${next.id}/stop`, { reason: '弄错了数据集' });
      expect((await stop()).body).toMatchObject({ state: 'STOPPED' });
      expect((await stop()).status).toBe(409);
      await city.app.get(RunJob).run();
      expect((await run(next.id)).progress.done).toBe(0);
    });
  });

  it('are refused where there is nothing to apply, and to whoever is no operator', async () => {
    const first = await deliver(row('K-1'));
    const source = await city.as('source', { code: aContract().sources[0]! });
    expect((await source.post(`/api/ingestion/batches/${first.id}/replays`, { reason: '重放一次' })).status).toBe(403);
    expect((await replay('0190aaaa-0000-7000-8000-000000000000')).status).toBe(404);
    rmSync(join(city.folder, 'batches', first.id));
    const gone = await replay(first.id);
    expect([gone.status, (gone.body as { code: string }).code]).toEqual([410, 'INGESTION.FILE_NOT_KEPT']);
    await city.operator.post('/api/ingestion/operation/pauses', { scope: 'FEED', name: feed, reason: '核对' });
    const open = (await city.post(feed, `${header}\n${row('K-2')}`)).body as Counts;
    const early = await replay(open.id);
    expect([early.status, (early.body as { code: string }).code]).toEqual([409, 'INGESTION.BATCH_OPEN']);
  });

  describe('and what follows from a feed, told of it again', () => {
    const told = async () =>
      city.db.query<{ uscc: string; records: number }>(
        `select data->>'uscc' as uscc, (data->>'records')::int as records from ingestion.outbox
         where topic = 'ingestion.records.retold.v1' order by id`,
      );

    it('needs a second operator, hears of every record once, and of so many a second', async () => {
      await deliver(...Array.from({ length: 25 }, (_, at) => row(`K-${at}`)), row('L-7'), row('M-8', { op: 'D' }));
      const { id } = (await propose({ kind: 'REBUILD', perSecond: 10 })).body as RunResponse;
      expect((await decide(id, city.operator)).status).toBe(403);
      expect((await decide(id, second)).body).toMatchObject({ progress: { total: 26 } });
      const job = city.app.get(RunJob);
      await job.run();
      await job.run();
      // The second round came within the same second.
      expect((await run(id)).progress.done).toBe(10);
      expect(await goThrough(id)).toMatchObject({ state: 'DONE', progress: { done: 26 } });
      const events = await told();
      expect(new Set(events.map(({ uscc }) => uscc)).size).toBe(25);
      expect(events.reduce((sum, { records }) => sum + records, 0)).toBe(26);
    });

    it('waits while its bus is behind', async () => {
      await deliver(...Array.from({ length: 5 }, (_, at) => row(`K-${at}`)));
      const { id } = (await propose({ kind: 'REBUILD' })).body as RunResponse;
      await decide(id, second);
      await city.db.query(
        `insert into ingestion.outbox (event_id, topic, key, at, correlation_id, data)
         select gen_random_uuid(), 'x', 'x', now(), 'x', '{}' from generate_series(1, 5000)`,
      );
      await city.app.get(RunJob).run();
      expect((await run(id)).progress.done).toBe(0);
      await city.db.query(`delete from ingestion.outbox where topic = 'x'`);
      expect(await goThrough(id)).toMatchObject({ state: 'DONE', progress: { done: 5 } });
    });
  });
});
