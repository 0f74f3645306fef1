import { makeUscc } from '@app/kernel';

import { ResolveJob } from '../src/resolve/resolve.job.js';
import { type Ingestion, startIngestion } from './ingest.js';

const lead = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
const registerHeader = `${lead},企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所,注册号`;
const courtHeader = `${lead},案号,法院,类型,立案日期,标的额(元),履行情况,退出日期,被执行人名称,被执行人组织机构代码,被执行人法定代表人`;
const meterHeader = `${lead},户号,类别,月份,用量,应缴金额(元),缴费日期,欠费(元),户名,用户地址`;

const guang = makeUscc('320506', 1);
const sister = makeUscc('320506', 2);
const chuan = makeUscc('320583', 3);

const firm = (
  key: string,
  uscc: string,
  name: string,
  rest: { former?: string; head?: string; division?: string; number?: string } = {},
) =>
  `${key},${uscc},2026-01-01,2026-10-08,I,${name},${rest.former ?? ''},${rest.head ?? '沈舟'},500,,20190520,存续,C3911,${rest.division ?? '320506'},吴中大道1号,${rest.number ?? ''}`;
const register = [
  registerHeader,
  firm('R-1', guang, '苏州光能科技有限公司', { former: '苏州旧光科技有限公司' }),
  firm('R-2', sister, '苏州光能贸易有限公司', { head: '李桥' }),
  firm('R-3', chuan, '昆山海川电子有限公司', { division: '320583', head: '周砚', number: '320583000012345' }),
].join('\n');

interface CaseWish {
  name?: string;
  code?: string;
  head?: string;
  day?: string;
  uscc?: string;
  op?: string;
  amount?: number;
}
const courtCase = (key: string, wish: CaseWish) =>
  `${key},${wish.uscc ?? ''},2026-09-01,${wish.day ?? '2026-10-10'},${wish.op ?? 'I'},案${key},吴中法院,被执行,2026-09-01,${wish.amount ?? 100},,,${wish.name ?? ''},${wish.code ?? ''},${wish.head ?? ''}`;
const cases = (...rows: string[]) => [courtHeader, ...rows].join('\n');

interface Claim {
  id: string;
  state: string;
  uscc: string | null;
  claimed: { name: string | null };
  best: { uscc: string; score: number; registeredName: string | null; reasons: { feature: string }[] }[];
  decisions: { kind: string; carriedOutAt: string | null; redeliveryId: string | null; score: number | null }[];
}

describe('rows without a code', () => {
  let city: Ingestion;
  beforeEach(async () => {
    city = await startIngestion();
    await city.deliver('registry.enterprise', register);
    await round();
  });
  afterEach(() => city.stop());

  /** One round of the job, and whatever it delivers. */
  async function round() {
    await city.app.get(ResolveJob).run();
    await city.settle();
    await city.app.get(ResolveJob).run();
    await city.settle();
  }

  const held = (feed = 'court.enforcement') =>
    city.db.query<{ record_key: string; uscc: string; version: number }>(
      'select record_key, uscc, version from ingestion_api.record_v1 where feed = $1 order by record_key',
      [feed],
    );
  const ownersOf = async (feed?: string) =>
    Object.fromEntries((await held(feed)).map(({ record_key, uscc }) => [record_key, uscc]));

  async function claimOf(name: string): Promise<Claim> {
    const list = await city.operator.get('/api/ingestion/claims');
    const found = (list.body as { items: Claim[] }).items.find(({ claimed }) => claimed.name === name);
    return (await city.operator.get(`/api/ingestion/claims/${found!.id}`)).body as Claim;
  }
  const decide = (claim: Claim, act: string, body: object = { reason: '电话核实' }) =>
    city.operator.post(`/api/ingestion/claims/${claim.id}/${act}`, body);

  it('link at once where it is sure: by old code, former name, brackets, traditional characters, added words', async () => {
    const batch = await city.deliver(
      'court.enforcement',
      cases(
        courtCase('C-1', { name: '苏州光能科技有限公司' }),
        courtCase('C-2', { name: '苏州旧光科技有限公司' }),
        courtCase('C-3', { name: '光能科技（苏州）有限公司' }),
        courtCase('C-4', { name: '蘇州市光能科技有限公司' }),
        courtCase('C-5', { code: `${chuan.slice(8, 16)}-${chuan.slice(16, 17)}` }),
        courtCase('C-6', { name: '海川电子有限公司', head: '周砚' }),
        courtCase('C-7', { uscc: sister, name: '苏州光能科技有限公司' }),
      ),
    );
    expect(batch).toMatchObject({ read: 7, accepted: 7, quarantined: 0 });
    expect(await ownersOf()).toEqual({
      'C-1': guang,
      'C-2': guang,
      'C-3': guang,
      'C-4': guang,
      'C-5': chuan,
      'C-6': chuan,
      // Its own code goes before its name.
      'C-7': sister,
    });
    const claim = await claimOf('蘇州市光能科技有限公司');
    expect(claim).toMatchObject({ state: 'LINKED', uscc: guang });
    expect(claim.decisions).toMatchObject([{ kind: 'MATCHED', score: 630 }]);
    const events = await city.db.query<{ key: string; records: number }>(
      `select key, (data ->> 'records')::int as records from ingestion.outbox
       where data ->> 'feed' = 'court.enforcement' order by key`,
    );
    expect(events).toEqual(
      [
        { key: guang, records: 4 },
        { key: sister, records: 1 },
        { key: chuan, records: 2 },
      ].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
  });

  it('with a letter of the brand missing find the firm whose head agrees, though hundreds differ by one letter', async () => {
    const others = Array.from({ length: 150 }, (_, at) => String.fromCodePoint(0x5f00 + at)).map((letter, at) =>
      firm(`N-${at}`, makeUscc('320506', 100 + at), `苏州瑞${letter}科技有限公司`, { head: '王禾' }),
    );
    const meant = makeUscc('320506', 9_000);
    const rows = [...others, firm('N-meant', meant, '苏州瑞恒晟科技有限公司', { head: '顾渡' })];
    await city.deliver('registry.enterprise', [registerHeader, ...rows].join('\n'));
    await round();
    await city.deliver(
      'court.enforcement',
      cases(
        courtCase('C-1', { name: '苏州瑞恒科技有限公司', head: '顾渡' }),
        courtCase('C-2', { name: '苏州瑞恒科技有限公司', head: '莫问津' }),
      ),
    );
    // Without anybody who agrees it stays with a person.
    expect(await ownersOf()).toEqual({ 'C-1': meant });
  });

  it('wait for a person with the candidates side by side, and are records once somebody has decided', async () => {
    const batch = await city.deliver(
      'court.enforcement',
      cases(courtCase('C-1', { name: '苏州光能' }), courtCase('C-2', { name: '苏州光能', day: '2026-10-11' })),
    );
    expect(batch).toMatchObject({ read: 2, accepted: 0, quarantined: 2 });
    const rows = await city.operator.get(`/api/ingestion/batches/${batch.id}/quarantine`);
    expect((rows.body as { items: object[] }).items[0]).toMatchObject({ code: 'USCC_UNRESOLVED', pointer: '/uscc' });
    const waiting = await claimOf('苏州光能');
    expect(waiting).toMatchObject({ state: 'WAITING', uscc: null, rows: 2 });
    expect(waiting.best.map(({ uscc, registeredName }) => [uscc, registeredName])).toEqual(
      [
        [guang, '苏州光能科技有限公司'],
        [sister, '苏州光能贸易有限公司'],
      ].toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1)),
    );
    expect(waiting.best[0]!.reasons.map(({ feature }) => feature)).toContain('BRAND');
    expect((await decide(waiting, 'links', { uscc: makeUscc('320506', 99), reason: '电话核实' })).status).toBe(422);
    expect((await decide(waiting, 'links', { uscc: guang, reason: '电话核实' })).status).toBe(201);
    expect((await decide(waiting, 'links', { uscc: guang, reason: '电话核实' })).status).toBe(409);
    await round();
    expect(await ownersOf()).toEqual({ 'C-1': guang, 'C-2': guang });
    const claim = await claimOf('苏州光能');
    expect(claim.decisions[0]).toMatchObject({ kind: 'DECIDED', carriedOutAt: expect.any(String) as string });
    const again = await city.deliver('court.enforcement', cases(courtCase('C-3', { name: '苏州光能' })));
    expect(again).toMatchObject({ accepted: 1, quarantined: 0 });
  });

  it('leave the enterprise when a link is undone, and go where they belong when it is made again', async () => {
    await city.deliver(
      'court.enforcement',
      cases(courtCase('C-1', { name: '苏州光能科技有限公司' }), courtCase('C-2', { name: '苏州光能科技有限公司' })),
    );
    expect(await ownersOf()).toEqual({ 'C-1': guang, 'C-2': guang });
    // The court sends one of them again, with a code: from now on that is its own word.
    await city.deliver('court.enforcement', cases(courtCase('C-2', { uscc: guang, amount: 7, day: '2026-10-20' })));
    const claim = await claimOf('苏州光能科技有限公司');
    expect((await decide(claim, 'undo')).body).toMatchObject({ state: 'WAITING', uscc: null });
    expect((await decide(claim, 'undo')).status).toBe(409);
    await round();
    expect(await ownersOf()).toEqual({ 'C-2': guang });
    // It is not matched again by itself, not even for rows that come later.
    const batch = await city.deliver('court.enforcement', cases(courtCase('C-3', { name: '苏州光能科技有限公司' })));
    expect(batch).toMatchObject({ quarantined: 1 });
    await decide(claim, 'links', { uscc: sister, reason: '核对裁定书' });
    await round();
    expect(await ownersOf()).toEqual({ 'C-1': sister, 'C-2': guang, 'C-3': sister });
    await decide(claim, 'links', { uscc: chuan, reason: '裁定书另有更正' });
    await round();
    expect(await ownersOf()).toEqual({ 'C-1': chuan, 'C-2': guang, 'C-3': chuan });
    const versions = await city.db.query<{ uscc: string; op: string }>(
      `select uscc, op from ingestion_api.record_version_v1
       where feed = 'court.enforcement' and record_key = 'C-1' order by version`,
    );
    expect(versions.map(({ uscc, op }) => [uscc, op])).toEqual([
      [guang, 'I'],
      [guang, 'D'],
      [sister, 'I'],
      [chuan, 'I'],
    ]);
    const told = await city.db.query<{ key: string }>(
      `select key from ingestion.outbox where data ->> 'feed' = 'court.enforcement'
       and data ->> 'batchId' = (select redelivery_id::text from ingestion.claim_decision
                                 where claim_id = $1 order by number desc limit 1)`,
      [claim.id],
    );
    expect(told.map(({ key }) => key).toSorted()).toEqual([sister, chuan].toSorted());
  });

  it('stay aside when nobody fits, until somebody thinks better of it', async () => {
    await city.deliver('court.enforcement', cases(courtCase('C-1', { name: '苏州无名科技有限公司' })));
    const claim = await claimOf('苏州无名科技有限公司');
    expect(claim.best).toEqual([]);
    expect((await decide(claim, 'nobody')).body).toMatchObject({ state: 'NOBODY' });
    expect((await decide(claim, 'nobody')).status).toBe(409);
    await city.deliver(
      'registry.enterprise',
      [registerHeader, firm('R-9', makeUscc('320506', 9), '苏州无名科技有限公司')].join('\n'),
    );
    await round();
    expect(await held()).toEqual([]);
    await decide(claim, 'links', { uscc: makeUscc('320506', 9), reason: '新登记' });
    await round();
    expect(await ownersOf()).toEqual({ 'C-1': makeUscc('320506', 9) });
  });

  it('that came before their enterprise are linked once it is registered, late rows in their right order', async () => {
    await city.deliver(
      'court.enforcement',
      cases(courtCase('C-1', { name: '苏州晚来科技有限公司', day: '2026-10-12', amount: 5 })),
    );
    await city.deliver(
      'court.enforcement',
      cases(courtCase('C-1', { name: '苏州晚来科技有限公司', day: '2026-10-10', amount: 4 })),
    );
    const late = makeUscc('320506', 8);
    await city.deliver('registry.enterprise', [registerHeader, firm('R-8', late, '苏州晚来科技有限公司')].join('\n'));
    await round();
    const [record] = await city.db.query<{ uscc: string; amount: string }>(
      `select uscc, fields ->> 'amount' as amount from ingestion_api.record_v1 where record_key = 'C-1'`,
    );
    expect(record).toEqual({ uscc: late, amount: '500' });
    expect((await claimOf('苏州晚来科技有限公司')).decisions).toMatchObject([
      { kind: 'MATCHED', carriedOutAt: expect.any(String) as string },
    ]);
  });

  it('of meters go by the mapped account first, then by the name on the meter', async () => {
    await city.operator.post('/api/ingestion/feeds/utility.usage/accounts', {
      accounts: [{ account: { kind: '电', account: '1001' }, uscc: chuan }],
    });
    const meter = (key: string, account: string, name: string) =>
      `${key},,2026-09-30,2026-10-10,I,${account},电,2026-09,10,20,,,${name},吴中大道1号`;
    const batch = await city.deliver(
      'utility.usage',
      [
        meterHeader,
        meter('M-1', '1001', '苏州光能科技有限公司'),
        meter('M-2', '1002', '苏州光能科技有限公司'),
        meter('M-3', '1003', ''),
      ].join('\n'),
    );
    expect(batch).toMatchObject({ accepted: 2, quarantined: 1 });
    expect(await ownersOf('utility.usage')).toEqual({ 'M-1': chuan, 'M-2': guang });
  });

  it('are shown to their source and to nobody else’s', async () => {
    await city.deliver('court.enforcement', cases(courtCase('C-1', { name: '苏州光能' })));
    const [court, tax] = [await city.as('source', { code: 'COURT' }), await city.as('source', { code: 'TAX' })];
    const claim = await claimOf('苏州光能');
    expect((await court.get('/api/ingestion/claims?state=WAITING')).body).toMatchObject({ items: [{ id: claim.id }] });
    expect((await court.get('/api/ingestion/claims/figures')).body).toEqual({
      waiting: 1,
      linked: 0,
      nobody: 0,
      matched: 0,
    });
    expect((await tax.get('/api/ingestion/claims')).body).toEqual({ items: [], nextCursor: null });
    expect((await tax.get(`/api/ingestion/claims/${claim.id}`)).status).toBe(404);
    expect((await court.post(`/api/ingestion/claims/${claim.id}/nobody`, { reason: '不是' })).status).toBe(403);
    expect((await (await city.as('regulator')).get('/api/ingestion/claims')).status).toBe(403);
  });
});
