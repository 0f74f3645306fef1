import { createHash } from 'node:crypto';

import { makeUscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { RunJob } from '../src/operation/run.job.js';
import type { RunResponse } from '../src/operation/run.response.js';
import { ResolveJob } from '../src/resolve/resolve.job.js';
import { PublicityJob } from '../src/retention/publicity.job.js';
import { RetentionJob } from '../src/retention/retention.job.js';
import { type Ingestion, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const two = makeUscc('320506', 2);
/** Midnight in Suzhou after the day on which the clock of the tests stands. */
const midnight = Date.parse('2026-11-23T16:00:00Z');
const penaltyHeader =
  '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,决定文书号,违法行为类型,处罚类别,罚款金额(万元),决定日期,公示截止期,处罚机关';
const penalty = (key: string, until: string, { kind = '罚款', decided = '2025-05-01' } = {}) =>
  `${key},${one},${decided},2025-05-02,U,文号,违法,${kind},1,${decided},${until},市监局`;
const vatHeader = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,所属期,销售额(元),应纳税额(元),已缴税额(元)';
const vat = (key: string, day: string, { uscc = one, report = day, sales = 1 } = {}) =>
  `${key},${uscc},${day},${report},U,${day.slice(0, 7)},${sales},1,1`;

describe('records whose time is over', () => {
  let city: Ingestion;
  let other: TestClient;
  beforeEach(async () => {
    city = await startIngestion();
    other = await city.as('operator');
  });
  afterEach(() => city.stop());

  const at = async (instant: number): Promise<void> => {
    city.clock.set(new Date(instant));
    await city.app.get(PublicityJob).run();
    await city.app.get(RetentionJob).run();
  };
  const keys = async () =>
    (
      await city.db.query<{ key: string }>('select record_key as key from ingestion_api.record_v1 order by record_key')
    ).map(({ key }) => key);
  const events = async () =>
    (await city.db.query<{ n: number }>('select count(*)::int as n from ingestion.outbox'))[0]!.n;
  const deliver = (...lines: string[]) => city.deliver('tax.vat-return', [vatHeader, ...lines].join('\n'));
  const punish = (...lines: string[]) => city.deliver('penalty.decision', [penaltyHeader, ...lines].join('\n'));
  const hold = async (wish: object) =>
    (
      (
        await city.operator.post('/api/ingestion/retention/holds', {
          reason: '诉讼',
          document: '（2026）苏05民初1号',
          ...wish,
        })
      ).body as { id: string }
    ).id;
  interface Proof {
    action: string;
    records: number;
    versions: number;
    firstDay: string;
    lastDay: string;
    keyHashes: string[];
    keysHash: string;
    contractVersion: string;
  }
  const proofs = async (query = '', by = city.operator) =>
    ((await by.get(`/api/ingestion/retention/proofs?${query}`)).body as { items: Proof[] }).items;

  it('are hidden from the midnight in Suzhou after their last public day, and the readers hear of it', async () => {
    await punish(penalty('past', '2026-11-22'), penalty('last', '2026-11-23'), penalty('next', '2026-11-24'));
    await punish(penalty('warning', '', { kind: '警告' }), penalty('open', ''));
    expect(await keys()).toEqual(['last', 'next', 'open']);
    const before = await events();
    await at(midnight - 1);
    expect([await keys(), await events()]).toEqual([['last', 'next', 'open'], before]);
    await at(midnight);
    expect([await keys(), await events()]).toEqual([['next', 'open'], before + 1]);
    await at(midnight + 86_400_000);
    expect(await keys()).toEqual(['open']);
    expect((await city.db.query('select 1 from ingestion.record')).length).toBe(5);
  });

  it('are shown again when the source, or a correction, says a later day', async () => {
    await punish(penalty('A', '2026-11-22'), penalty('B', '2026-11-22'));
    await punish(penalty('A', '2026-12-31').replace('2025-05-02', '2025-05-03'));
    const wish = { feed: 'penalty.decision', recordKey: 'B', version: 1, fields: { public_until: '2026-11-30' } };
    const made = await city.operator.post('/api/ingestion/corrections', { ...wish, reason: '误填', document: '函2' });
    await other.post(`/api/ingestion/corrections/${(made.body as { id: string }).id}/decision`, { approve: true });
    expect(await keys()).toEqual(['A', 'B']);
    await at(Date.parse('2026-11-30T16:00:00Z'));
    expect(await keys()).toEqual(['A']);
  });

  it('of before, or of before a change of the contract, are gone through', async () => {
    await punish(penalty('past', '2026-11-22'));
    await city.db.query('truncate ingestion.publicity, ingestion.publicity_round');
    expect(await keys()).toEqual(['past']);
    await at(midnight - 1);
    expect(await keys()).toEqual([]);
  });

  it('are deleted the day after, with all versions, and a proof says so without saying what', async () => {
    await deliver(vat('old', '2016-11-23'), vat('young', '2016-11-24'));
    await deliver(vat('old', '2016-11-23', { report: '2016-12-01', uscc: two, sales: 2 }));
    await at(midnight - 1);
    expect(await keys()).toEqual(['old', 'young']);
    const before = await events();
    await at(midnight);
    expect([await keys(), await events()]).toEqual([['young'], before + 1]);
    const left = await city.db.query(`select 1 from ingestion.record where record_key = 'old'`);
    expect(left).toEqual([]);
    const [proof] = await proofs('feed=tax.vat-return');
    const hash = createHash('sha256').update('tax.vat-return\nold').digest('hex');
    expect(proof).toMatchObject({
      action: 'DELETED',
      records: 1,
      versions: 2,
      firstDay: '2026-11-23',
      lastDay: '2026-11-23',
      keyHashes: [hash],
      keysHash: createHash('sha256').update(hash).digest('hex'),
      contractVersion: '1',
    });
    expect(await proofs('feed=tax.vat-return&recordKey=old')).toHaveLength(1);
    expect(await proofs('feed=tax.vat-return&recordKey=young')).toHaveLength(0);
    expect(await proofs('', await city.as('source', { code: 'SCIENCE' }))).toEqual([]);
    await expect(city.db.query('delete from ingestion.retention_proof')).rejects.toThrow('append-only');
    const feeds = await city.operator.get('/api/ingestion/feeds?source=TAX');
    const { items } = feeds.body as { items: { feed: string; records: number }[] };
    expect(items.find(({ feed }) => feed === 'tax.vat-return')).toMatchObject({ records: 1 });
  });

  describe('and a kept file of theirs that is applied again', () => {
    const goThrough = async (path: string, wish: object, by?: TestClient) => {
      const { id } = (await city.operator.post(path, { reason: '重放核对', ...wish })).body as { id: string };
      if (by) await by.post(`/api/ingestion/operation/runs/${id}/decision`, { approve: true });
      for (let step = 0; step < 5; step += 1) {
        await city.app.get(RunJob).run();
        await city.settle();
        city.clock.advance(1_000);
      }
      return (await city.operator.get(`/api/ingestion/operation/runs/${id}`)).body as RunResponse;
    };
    const replay = (id: string) => goThrough(`/api/ingestion/batches/${id}/replays`, {});

    it('does not bring them back, and says of each row why, without what it said', async () => {
      const first = await deliver(vat('old', '2016-11-23'), vat('young', '2016-11-25'));
      await at(midnight);
      const before = await events();
      const over = await replay(first.id);
      expect(over.counts).toEqual({ read: 2, accepted: 0, unchanged: 1, stale: 0, quarantined: 0, refused: 1 });
      expect([await keys(), await events()]).toEqual([['young'], before]);
      const rows = await city.operator.get(`/api/ingestion/batches/${over.intoBatchId!}/quarantine`);
      expect(rows.body).toMatchObject({
        items: [{ lineNumber: 2, code: 'RETENTION_OVER', kind: 'REFUSED', recordKey: null, raw: '' }],
      });
      expect(JSON.stringify(await city.db.query('select * from ingestion.quarantine'))).not.toContain(one);
    });

    it('does not where nothing of the feed is left, in any lane, nor by an older row that says no end', async () => {
      const listed = `K-1,${one},2020-01-01,2020-01-02,I,案1,法院,失信,2020-01-01,1,,`;
      const head =
        '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,案号,法院,类型,立案日期,标的额(元),履行情况,退出日期';
      const court = (...lines: string[]) => city.deliver('court.enforcement', [head, ...lines].join('\n'));
      const first = await court(listed);
      await court(listed.replace('2020-01-02,I', '2020-01-03,U').replace(/,$/, ',2020-02-01'));
      const twice = await deliver(vat('old', '2016-11-23'), vat('old', '2016-11-23', { sales: 2 }));
      await at(midnight);
      expect((await city.db.query('select 1 from ingestion.record_head')).length).toBe(0);
      expect((await replay(twice.id)).counts).toMatchObject({ read: 2, accepted: 0, stale: 0, refused: 2 });
      expect((await replay(first.id)).counts).toMatchObject({ read: 1, accepted: 0, refused: 1 });
      expect(await city.db.query('select 1 from ingestion.stale_record')).toEqual([]);
      const whole = { kind: 'REPLAY_FEED', feed: 'court.enforcement' };
      const run = await goThrough('/api/ingestion/operation/runs', whole, other);
      expect(run).toMatchObject({ state: 'DONE', counts: { read: 2, accepted: 0, refused: 2 } });
    });

    it('leaves what the source delivered anew since, and a later hold brings nothing back', async () => {
      const first = await deliver(vat('held', '2010-01-31'), vat('again', '2010-01-31', { uscc: two }));
      await at(midnight);
      expect(await keys()).toEqual([]);
      const later = await deliver(vat('again', '2010-01-31', { uscc: two }));
      await hold({ kind: 'LEGAL_HOLD', uscc: one });
      expect((await replay(first.id)).counts).toMatchObject({ accepted: 0, stale: 1, refused: 1 });
      expect((await replay(later.id)).counts).toMatchObject({ unchanged: 1, refused: 0 });
      expect(await keys()).toEqual(['again']);
    });
  });

  it('are not delivered once more by a decision about whom they mean', async () => {
    const lead = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
    const firm = (key: string, uscc: string, name: string) =>
      `${key},${uscc},2026-01-01,2026-10-08,I,${name},,沈舟,500,,20190520,存续,C3911,320506,吴中大道1号`;
    const firms = [firm('R-1', one, '苏州光能科技有限公司'), firm('R-2', two, '苏州海川电子有限公司')];
    const registry = `${lead},企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所`;
    await city.deliver('registry.enterprise', [registry, ...firms].join('\n'));
    await city.app.get(ResolveJob).run();
    const court = `${lead},案号,法院,类型,立案日期,标的额(元),履行情况,退出日期,被执行人名称`;
    const row = `C-1,,2020-01-01,2020-01-02,I,案1,法院,被执行,2020-01-01,1,,2020-02-01,苏州光能科技有限公司`;
    expect(await city.deliver('court.enforcement', `${court}\n${row}`)).toMatchObject({ accepted: 1 });
    await at(midnight);
    const held = () => city.db.query(`select 1 from ingestion.record_head where record_key = 'C-1'`);
    expect([await held(), await city.db.query('select 1 from ingestion.claimed_row')]).toEqual([[], []]);
    const [claim] = ((await city.operator.get('/api/ingestion/claims')).body as { items: { id: string }[] }).items;
    const links = `/api/ingestion/claims/${claim!.id}/links`;
    expect((await city.operator.post(links, { uscc: two, reason: '电话核实' })).status).toBe(201);
    await city.app.get(ResolveJob).run();
    await city.settle();
    expect(await held()).toEqual([]);
  });

  it('are archived where the contract says so: out of every view, and not gone', async () => {
    await punish(penalty('old', '2021-12-01', { decided: '2021-11-23' }));
    await at(midnight);
    expect((await city.db.query('select record_key from ingestion.record')).length).toBe(0);
    expect(await city.db.query('select record_key, version from ingestion.record_archive')).toEqual([
      { record_key: 'old', version: 1 },
    ]);
    expect(await proofs()).toMatchObject([{ action: 'ARCHIVED', records: 1 }]);
  });

  it('stay under a hold until another person releases it', async () => {
    await deliver(vat('held', '2010-01-31'), vat('free', '2010-01-31', { uscc: two }));
    const id = await hold({ kind: 'LEGAL_HOLD', uscc: one });
    await at(midnight);
    expect(await keys()).toEqual(['held']);
    const release = (by: TestClient) => by.post(`/api/ingestion/retention/holds/${id}/release`, { reason: '结案' });
    expect((await release(city.operator)).body).toMatchObject({ code: 'INGESTION.SAME_PERSON' });
    await at(midnight + 86_400_000);
    expect(await keys()).toEqual(['held']);
    expect((await release(other)).status).toBe(200);
    expect((await release(other)).status).toBe(409);
    await at(midnight + 2 * 86_400_000);
    expect(await keys()).toEqual([]);
  });

  it('stay for a duty to its last day, and not a day longer', async () => {
    await deliver(vat('D-1', '2010-01-31'));
    await hold({ kind: 'DUTY', feed: 'tax.vat-return', recordKey: 'D-1', until: '2026-11-24' });
    await at(midnight);
    expect(await keys()).toEqual(['D-1']);
    await at(midnight + 86_400_000);
    expect(await keys()).toEqual([]);
  });

  it('are held only for a reason that says what it covers', async () => {
    const place = async (wish: object) =>
      (await city.operator.post('/api/ingestion/retention/holds', { reason: '诉讼', document: '1号', ...wish })).status;
    expect(await place({ kind: 'LEGAL_HOLD' })).toBe(422);
    expect(await place({ kind: 'DUTY', uscc: one })).toBe(422);
    expect(await place({ kind: 'LEGAL_HOLD', uscc: one, recordKey: 'x' })).toBe(422);
    expect(await place({ kind: 'LEGAL_HOLD', feed: 'no.such' })).toBe(404);
  });
});
