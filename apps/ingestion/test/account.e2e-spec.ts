import { makeUscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { AccountMoveJob } from '../src/account/account-move.job.js';
import { ResolveJob } from '../src/resolve/resolve.job.js';
import { type Ingestion, startIngestion } from './ingest.js';

const guang = makeUscc('320505', 41);
const chuan = makeUscc('320506', 42);
const third = makeUscc('320507', 43);
const path = '/api/ingestion/feeds/utility.usage/accounts';
const header =
  '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,户号,类别,月份,用量,应缴金额(元),缴费日期,欠费(元)';
const meter = (key: string, account: string, { code = '', due = '8.05', day = '2026-02-10' } = {}) =>
  `${key},${code},2026-01-31,${day},U,${account},电,2026-01,12.50,${due},20260209,`;

interface Mapping {
  number: number;
  account: Record<string, string>;
  uscc: string | null;
  name: string | null;
  state: string;
  reason: string | null;
  carriedOutAt: string | null;
  redeliveryId: string | null;
}

describe('accounts without a code', () => {
  let city: Ingestion;
  let power: TestClient;
  beforeEach(async () => {
    city = await startIngestion();
    power = await city.as('source', { code: 'POWER' });
  });
  afterEach(() => city.stop());

  const of = (account: string) => ({ account: { kind: '电', account } });
  const say = (where: string, body: object, by: TestClient) => {
    city.clock.advance(1_000);
    return by.post(where, body);
  };
  const map = (account: string, uscc: string, more: object = {}, by = city.operator) =>
    say(path, { accounts: [{ ...of(account), uscc }], ...more }, by);
  const end = (account: string, more: object = {}, by = city.operator) =>
    say(`${path}/endings`, { accounts: [of(account)], reason: '用户更名核实', ...more }, by);
  const list = async (query = '', by = city.operator) =>
    ((await by.get(`${path}?${query}`)).body as { items: Mapping[] }).items;
  const deliver = (...rows: string[]) => city.deliver('utility.usage', [header, ...rows].join('\n'));
  const round = async () => {
    await city.app.get(ResolveJob).run();
    await city.app.get(AccountMoveJob).run();
    await city.settle();
  };
  const owners = async () => {
    const rows = await city.db.query<{ record_key: string; uscc: string }>(
      `select record_key, uscc from ingestion_api.record_v1 where feed = 'utility.usage' order by record_key`,
    );
    return Object.fromEntries(rows.map(({ record_key, uscc }) => [record_key, uscc]));
  };

  it('are listed by their latest word, with the name of whose they are, and found by number or enterprise', async () => {
    const lead = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
    await city.deliver(
      'registry.enterprise',
      `${lead},企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所\n` +
        `R-1,${guang},2026-01-01,2026-10-08,I,苏州光能科技有限公司,苏州旧光有限公司,沈舟,500,,20190520,存续,C3911,320506,吴中大道1号`,
    );
    await round();
    expect((await map('1001', guang, { reason: '供电合同' })).status).toBe(201);
    expect((await map('1002', chuan, {}, power)).status).toBe(201);
    expect((await map('1002', guang, {}, power)).status).toBe(201);
    expect(await list()).toMatchObject([
      { account: { kind: '电', account: '1002' }, uscc: guang, state: 'IN_FORCE' },
      { account: { account: '1002' }, uscc: chuan, state: 'REPLACED', name: null },
      {
        account: { account: '1001' },
        uscc: guang,
        state: 'IN_FORCE',
        name: '苏州光能科技有限公司',
        reason: '供电合同',
      },
    ]);
    expect((await list(`state=IN_FORCE&uscc=${guang}`, power)).map(({ account }) => account['account'])).toEqual([
      '1002',
      '1001',
    ]);
    expect(await list('account=1002&state=IN_FORCE')).toHaveLength(1);
    expect(await list('account=100')).toEqual([]);
    const first = (await power.get(`${path}?limit=2`)).body as { items: Mapping[]; nextCursor: string };
    expect(await list(`limit=2&cursor=${first.nextCursor}`)).toMatchObject([{ account: { account: '1001' } }]);
    for (const cursor of ['x', Buffer.from('["7"]').toString('base64url')])
      expect((await power.get(`${path}?cursor=${cursor}`)).status).toBe(422);
  });

  it('are spoken for by operators and by the sources of the feed', async () => {
    const science = await city.as('source', { code: 'SCIENCE' });
    expect((await map('1', guang, {}, science)).status).toBe(403);
    expect((await end('1', {}, science)).status).toBe(403);
    expect((await science.get(path)).status).toBe(403);
    for (const role of ['regulator', 'enterprise', 'account-manager', 'institution-admin'] as const) {
      const stranger = await city.as(role, role === 'enterprise' ? { uscc: guang } : {});
      const answers = [await map('1', guang, {}, stranger), await end('1', {}, stranger), await stranger.get(path)];
      expect([role, ...answers.map(({ status }) => status)]).toEqual([role, 403, 403, 403]);
    }
    expect((await city.operator.get('/api/ingestion/feeds/tax.vat-return/accounts')).body).toMatchObject({
      status: 409,
      code: 'INGESTION.NO_ACCOUNTS',
    });
    expect((await city.operator.get('/api/ingestion/feeds/no.such/accounts')).status).toBe(404);
  });

  it('that end wait for a code again, and their records stay where they are', async () => {
    await map('7', guang);
    expect(await deliver(meter('M-1', '7'))).toMatchObject({ accepted: 1 });
    expect((await end('8')).body).toMatchObject({ status: 422, errors: [{ pointer: '/accounts/0/account' }] });
    expect((await end('7', {}, power)).body).toMatchObject({ feed: 'utility.usage', ended: 1 });
    expect((await end('7')).status).toBe(422);
    expect(await deliver(meter('M-2', '7'))).toMatchObject({ quarantined: 1 });
    await round();
    expect(await owners()).toEqual({ 'M-1': guang });
    expect(await list('state=ENDED')).toMatchObject([{ uscc: null, reason: '用户更名核实', carriedOutAt: null }]);
    await map('7', chuan);
    expect(await deliver(meter('M-2', '7'))).toMatchObject({ accepted: 1 });
    expect(await owners()).toEqual({ 'M-1': guang, 'M-2': chuan });
  });

  it('that were never whose they were said to be take their records along, and leave those with a code of their own', async () => {
    await map('7', guang);
    await map('8', guang);
    await deliver(meter('M-1', '7', { due: '1234.56' }), meter('M-2', '7', { code: guang }), meter('M-3', '8'));
    await deliver(meter('M-4', '7'), `M-5,${guang},2026-01-31,2026-02-10,I,7,水,2026-01,1,1,,`);
    const fields = () =>
      city.db.query(
        `select fields from ingestion_api.record_v1 where record_key in ('M-1', 'M-4') order by record_key`,
      );
    const before = await fields();
    expect((await map('7', chuan, { records: 'MOVE', reason: '抄表员错录' })).status).toBe(201);
    expect(await owners()).toMatchObject({ 'M-1': guang, 'M-4': guang });
    await round();
    expect(await owners()).toEqual({ 'M-1': chuan, 'M-2': guang, 'M-3': guang, 'M-4': chuan, 'M-5': guang });
    expect(await fields()).toEqual(before);
    const [moved] = await list('account=7&state=IN_FORCE');
    expect(moved).toMatchObject({ moves: true, carriedOutAt: expect.any(String) as string });
    const batch = await city.operator.get(`/api/ingestion/batches/${moved!.redeliveryId!}`);
    expect(batch.body).toMatchObject({ origin: 'RESOLVE', read: 2, accepted: 2 });
    await round();
    expect(await owners()).toMatchObject({ 'M-1': chuan });
  });

  it('go back and on again: whatever was said last holds, for what moved before as well', async () => {
    await map('7', guang);
    await deliver(meter('M-1', '7'));
    await map('7', chuan, { records: 'MOVE' });
    await round();
    await map('7', third, { records: 'MOVE' });
    await round();
    expect(await owners()).toEqual({ 'M-1': third });
    await end('7', { records: 'MOVE' });
    await round();
    expect(await owners()).toEqual({});
    await map('7', guang);
    expect(await deliver(meter('M-1', '7', { day: '2026-03-10' }))).toMatchObject({ accepted: 1 });
    expect(await owners()).toEqual({ 'M-1': guang });
    const versions = await city.operator.get('/api/ingestion/records/versions?feed=utility.usage&recordKey=M-1');
    expect((versions.body as { items: unknown[] }).items).toHaveLength(5);
  });

  it('are mapped by exactly the fields of the contract, which it tells', async () => {
    const contract = await city.operator.get('/api/ingestion/contracts/utility.usage');
    expect(contract.body).toMatchObject({ accountBy: ['kind', 'account'] });
    expect((await city.operator.get('/api/ingestion/contracts/tax.vat-return')).body).toMatchObject({ accountBy: [] });
    const accounts = [{ account: { account: '7' }, uscc: guang }];
    expect((await city.operator.post(path, { accounts })).status).toBe(422);
    expect((await city.operator.post(`${path}/endings`, { accounts: [of('7')] })).status).toBe(422);
  });
});

describe('codes that pass although their check character is wrong', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion();
  });
  afterAll(() => city.stop());
  const wrong = guang.slice(0, -1) + (guang.endsWith('0') ? '1' : '0');
  const list = async (query = '') =>
    ((await city.operator.get(`/api/ingestion/allowed-codes?${query}`)).body as { items: { state: string }[] }).items;
  const deliver = (key: string) =>
    city.deliver(
      'tech.staff',
      `记录主键,统一社会信用代码,业务日期,报送日期,操作类型,年度,职工总数,科技人员数\n${key},${wrong},2026-01-31,2026-02-10,U,2025,7,1`,
    );

  it('are listed, taken off the list, and put on it again', async () => {
    const allow = () => city.operator.post('/api/ingestion/allowed-codes', { uscc: wrong, reason: '登记机关确认' });
    const ending = (code: string, by = city.operator) =>
      by.post(`/api/ingestion/allowed-codes/${code}/ending`, { reason: '登记机关已换发' });
    expect((await allow()).body).toMatchObject({ uscc: wrong, state: 'IN_FORCE', endedAt: null });
    expect((await allow()).body).toMatchObject({ code: 'INGESTION.CODE_ALLOWED_ALREADY' });
    expect(await deliver('C-1')).toMatchObject({ accepted: 1 });
    expect((await ending(wrong)).body).toMatchObject({ state: 'ENDED', endReason: '登记机关已换发' });
    expect((await ending(wrong)).body).toMatchObject({ status: 404, code: 'INGESTION.CODE_NOT_ALLOWED' });
    expect(await deliver('C-2')).toMatchObject({ quarantined: 1 });
    await allow();
    expect(await deliver('C-2')).toMatchObject({ accepted: 1 });
    expect((await list()).map(({ state }) => state)).toEqual(['IN_FORCE', 'ENDED']);
    expect(await list(`state=ENDED&uscc=${wrong}`)).toHaveLength(1);
    expect(await list(`uscc=${guang}`)).toEqual([]);
    for (const role of ['source', 'enterprise', 'institution-admin'] as const) {
      const stranger = await city.as(role, role === 'enterprise' ? { uscc: guang } : {});
      expect((await stranger.get('/api/ingestion/allowed-codes')).status).toBe(403);
      expect((await ending(wrong, stranger)).status).toBe(403);
    }
    expect((await (await city.as('regulator')).get('/api/ingestion/allowed-codes')).status).toBe(200);
  });
});
