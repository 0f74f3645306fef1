import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { makeUscc } from '@app/kernel';

import { BatchJob } from '../../apps/ingestion/src/apply/batch.job.js';
import { database as ingestion } from '../../apps/ingestion/src/data-source.js';
import { IngestionModule } from '../../apps/ingestion/src/ingestion.module.js';
import type { RunFollowerResponse, RunResponse } from '../../apps/ingestion/src/operation/run.response.js';
import { ResolveJob } from '../../apps/ingestion/src/resolve/resolve.job.js';
import { database as marketplace } from '../../apps/marketplace/src/data-source.js';
import { MarketplaceModule } from '../../apps/marketplace/src/marketplace.module.js';
import { database as supervision } from '../../apps/supervision/src/data-source.js';
import { SupervisionModule } from '../../apps/supervision/src/supervision.module.js';
import { startService, type TestClient, type TestService } from '../support/test-service.js';

const firms = 1_500;
const codeOf = (at: number) => makeUscc('320505', at);
const header =
  '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所';
const row = (at: number) =>
  `R-${at},${codeOf(at)},2026-09-30,2026-10-08,I,苏州重算${at}号有限公司,,沈舟,500,300,2019-05-20,存续,C3911,320505,狮山路${at}号`;
const ghost = codeOf(9_999_999);

/** Whoever keeps something that follows from records is a process of its own here, and dies on its way. */
describe('a rebuild of what follows from a feed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-rebuild-'));
  let city: TestService;
  let figures: TestService;
  let market: TestService;
  let operator: TestClient;
  let second: TestClient;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    Object.assign(process.env, { DATA_DIR: folder });
    city = await startService(ingestion, IngestionModule);
    figures = await startService(supervision, SupervisionModule, { db: city.db });
    market = await startService(marketplace, MarketplaceModule, { db: city.db });
    operator = await city.as('operator');
    second = await city.as('operator');
    await operator.post(
      '/api/ingestion/feeds/registry.enterprise/batches',
      [header, ...Array.from({ length: firms }, (_, at) => row(at))].join('\n'),
      { 'content-type': 'text/csv; charset=utf-8', 'batch-reference': randomUUID() },
    );
    await city.app.get(BatchJob).run();
    await city.app.get(ResolveJob).run();
    begin();
    await until(async () => (await count('profiling.enterprise')) === firms, 'every firm has a profile');
    await kill();
  }, 120_000);
  afterAll(async () => {
    await kill();
    await figures.stop();
    await market.stop();
    await city.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function begin(): void {
    const path = (name: string) => join(import.meta.dirname, '../..', name);
    child = spawn(
      process.execPath,
      ['--import', path('test/support/run-ts.mjs'), path('apps/profiling/test/profiling-child.ts')],
      { stdio: ['ignore', 'ignore', 'inherit'], env: process.env },
    );
  }
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  /** Jobs go by themselves; their clock stands still until it is moved on. */
  async function until(done: () => Promise<boolean>, what: string): Promise<void> {
    for (let look = 0; look < 2_000; look += 1) {
      if (await done()) return;
      await pause(20);
      city.clock.advance(100);
    }
    throw new Error(`it never came that ${what}`);
  }
  const count = async (table: string, where = 'true') =>
    (await city.db.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`))[0]!.n;
  const run = async (id: string) => (await operator.get(`/api/ingestion/operation/runs/${id}`)).body as RunResponse;
  const followerOf = async (id: string, follower: RunFollowerResponse['follower']) =>
    (await run(id)).followers.find((one) => one.follower === follower)!;
  const onPage = async () => ((await operator.get('/api/ingestion/operation')).body as { runs: RunResponse[] }).runs;
  async function rebuild(): Promise<string> {
    const wish = { kind: 'REBUILD', feed: 'registry.enterprise', reason: '下游数据受损', perSecond: 5_000 };
    const { id } = (await operator.post('/api/ingestion/operation/runs', wish)).body as RunResponse;
    expect((await operator.post(`/api/ingestion/operation/runs/${id}/decision`, { approve: true })).status).toBe(403);
    const { body } = await second.post(`/api/ingestion/operation/runs/${id}/decision`, { approve: true });
    expect((body as RunResponse).followers.map(({ follower, state }) => [follower, state])).toEqual([
      ['marketplace.matches', 'WAITING'],
      ['profiling.profiles', 'WAITING'],
      ['profiling.search', 'WAITING'],
      ['supervision.figures', 'WAITING'],
    ]);
    return id;
  }
  const profiles = () =>
    city.db.query(
      `select uscc, name, district, tier, titles, score, score_id, profile, visible_hash, withdrawn
       from profiling.enterprise order by uscc`,
    );
  const documents = () => city.db.query('select id, shown from profiling.search_document order by id');
  const names = () => city.db.query('select uscc, name, keys from ingestion.enterprise_name order by uscc, name');

  it('reaches profiles, index, names and figures, mends what nobody would notice, and goes on after kill -9', async () => {
    const before = [await profiles(), await documents(), await names()];
    await city.db.query(`
      update profiling.enterprise set name = '错误', district = '320599', tier = 'T1' where uscc = '${codeOf(3)}';
      update profiling.search_document set id = '${ghost}' where id = '${codeOf(4)}';
      update profiling.search_document set shown = '{}' where id = '${codeOf(5)}';
      delete from ingestion.enterprise_name where uscc = '${codeOf(6)}';
      insert into supervision.rollup (kind, day, district, industry2, tier, institution, detail, count, amount, weight)
      values ('NEED', '2026-01-01', '320505', '39', '', '', '', 7, 7, 7);
      create table public.ghost as select * from profiling.enterprise where uscc = '${codeOf(7)}';
      update public.ghost set uscc = '${ghost}';
      insert into profiling.enterprise select * from public.ghost;
      insert into profiling.score
      select '${ghost}', id, as_of, scored_at, model_version, inputs, input_hash, output_hash, score, score_band, tier
      from profiling.score where uscc = '${codeOf(7)}'`);
    const id = await rebuild();
    await until(async () => (await run(id)).state === 'DONE', 'everything is told');
    // Told is not done: the page goes on showing it.
    expect(await onPage()).toMatchObject([{ id, state: 'DONE', progress: { done: firms } }]);
    begin();
    await until(async () => (await count('profiling.rebuild', 'done >= 200')) > 0, 'a part is written anew');
    await kill();
    const [half] = await city.db.query<{ done: number }>('select done::int from profiling.rebuild');
    expect(half!.done).toBeLessThan(firms);
    // Whoever died may have had no time to tell of its last steps; nothing is told that was not done.
    const told = await followerOf(id, 'profiling.profiles');
    expect(told).toMatchObject({ endedAt: null, told: firms });
    expect(told.done).toBeLessThanOrEqual(half!.done);
    begin();
    await until(
      async () => (await run(id)).followers.every(({ state }) => state === 'DONE'),
      'all followers are through',
    );
    expect(await followerOf(id, 'profiling.profiles')).toMatchObject({ heard: firms, told: firms, done: firms + 1 });
    expect(await followerOf(id, 'profiling.search')).toMatchObject({ done: firms, total: firms });
    expect(await followerOf(id, 'marketplace.matches')).toMatchObject({ heard: 1, done: 0, total: 0 });
    expect(await onPage()).toEqual([]);
    const after = (await profiles()).filter(({ uscc }) => uscc !== ghost);
    expect([after, await documents(), await names()]).toEqual(before);
    expect(await count('profiling_api.enterprise_v1', `uscc = '${ghost}'`)).toBe(0);
    expect(await count('supervision.rollup')).toBe(0);
  }, 180_000);

  it('changes nothing where nothing is wrong, and tells those who follow profiles of each firm', async () => {
    const before = [await profiles(), await documents(), await names()];
    const scores = await count('profiling.score');
    const told = () => count('bus.message', `topic = 'profiling.profile.updated.v1'`);
    const heard = await told();
    const id = await rebuild();
    await until(
      async () => (await run(id)).followers.every(({ state }) => state === 'DONE'),
      'all followers are through',
    );
    expect([await profiles(), await documents(), await names()]).toEqual(before);
    expect(await count('profiling.score')).toBe(scores);
    await until(async () => (await told()) === heard + firms, 'those who follow profiles are told');
  }, 180_000);

  it('that is stopped ends for those who follow as well, with what was told', async () => {
    const wish = { kind: 'REBUILD', feed: 'registry.enterprise', reason: '下游数据受损', perSecond: 10 };
    const { id } = (await operator.post('/api/ingestion/operation/runs', wish)).body as RunResponse;
    await second.post(`/api/ingestion/operation/runs/${id}/decision`, { approve: true });
    await until(async () => (await run(id)).progress.done >= 10, 'some are told');
    await operator.post(`/api/ingestion/operation/runs/${id}/stop`, { reason: '够了' });
    await until(
      async () => (await run(id)).followers.every(({ state }) => state === 'DONE'),
      'all followers are through',
    );
    const { progress, state } = await run(id);
    expect(state).toBe('STOPPED');
    expect(await followerOf(id, 'profiling.profiles')).toMatchObject({ heard: progress.done, told: progress.done });
  }, 120_000);
});
