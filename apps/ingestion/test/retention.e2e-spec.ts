import { createHash } from 'node:crypto';

import { makeUscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
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
