import { randomBytes } from 'node:crypto';

import { addDays, dayOf, makeUscc } from '@app/kernel';

import { csv, deliver, eventually, leading } from '../support/deliveries.js';
import { type Caller, type House, startHouse } from '../support/house.js';

const tag = randomBytes(3).toString('hex').toUpperCase();
const password = 'A-long-enough-pass-9';
const today = dayOf(new Date());
const dates = ['2026-09-30', '2026-10-08', 'I'];

/** Six firms whose 115号 totals are worked out by hand. */
const firms = [
  { legal: '沈舟', staff: 100, rdStaff: 22, sales: 50_000_000, rd: 2_600_000, cost: 45_000_000, soft: 2, total: 64 },
  { legal: '陆昀', staff: 100, rdStaff: 9, sales: 50_000_000, rd: 2_600_000, cost: 45_000_000, soft: 4, total: 64 },
  { legal: '顾禾', staff: 200, rdStaff: 60, sales: 50_000_000, rd: 3_000_000, cost: 45_000_000, soft: 1, total: 76 },
  { legal: '朱澜', staff: 50, rdStaff: 5, sales: 10_000_000, rd: 150_000, cost: 9_000_000, soft: 0, total: 4 },
  { legal: '沈禾', staff: 40, rdStaff: 12, sales: 8_000_000, rd: 2_400_000, cost: 8_000_000, soft: 3, total: 88 },
  { legal: '顾舟', staff: 40, rdStaff: 6, sales: 8_000_000, rd: 240_000, cost: 7_900_000, soft: 5, total: 52 },
].map((firm, index) => ({
  ...firm,
  uscc: makeUscc('320505', 7_000_000 + Number.parseInt(tag, 16) * 6 + index),
  name: `苏州${tag}故事${index}有限公司`,
}));
const first = firms[0]!;

describe('the main job, from files to figures', () => {
  let house: House;
  let enterprise: Caller;
  let regulator: Caller;
  let banks: Caller[];
  let needId: string;

  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house.stop());

  it('takes the files of five feeds in, and every row is accounted for', async () => {
    const registry = (key: string, uscc: string, at = dates) => [
      ...[key, uscc, ...at, `苏州${tag}故事${firms.findIndex((f) => f.uscc === uscc)}有限公司`, ''],
      ...[
        firms.find((f) => f.uscc === uscc)?.legal ?? '某某',
        '500.50',
        '300',
        '2019-05-20',
        '存续',
        'C3911',
        '320583',
        '玉山镇测试路1号',
      ],
    ];
    const head = [
      ...leading,
      '企业名称',
      '曾用名',
      '法定代表人',
      '注册资本(万元)',
      '实缴资本(万元)',
      '成立日期',
      '经营状态',
      '行业代码',
      '行政区划',
      '住所',
    ];
    const wrong = `${first.uscc.slice(0, -1)}${first.uscc.endsWith('0') ? '1' : '0'}`;
    const rows = [
      ...firms.map(({ uscc }) => registry(`R-${uscc}`, uscc)),
      registry(`R-${tag}-1`, wrong),
      registry(`R-${tag}-2`, 'SHORT'),
      registry(`R-${tag}-3`, first.uscc, ['2026-13-45', '2026-10-08', 'I']),
    ];
    const file = csv([head, ...rows], 'gb18030');
    const batch = await deliver(house.operator, {
      feed: 'registry.enterprise',
      file,
      charset: 'gb18030',
      reference: `reg-${tag}`,
    });
    expect(batch).toMatchObject({
      status: 'DONE',
      read: 9,
      accepted: 6,
      unchanged: 0,
      stale: 0,
      quarantined: 2,
      refused: 1,
    });
    const again = await deliver(house.operator, {
      feed: 'registry.enterprise',
      file,
      charset: 'gb18030',
      reference: `reg-${tag}-2`,
    });
    expect(again).toMatchObject({ read: 9, accepted: 0, unchanged: 6, quarantined: 2, refused: 1 });
    const [kept] = await house.db.query<{ heads: string }>('select count(*) as heads from ingestion_api.record_v1');
    expect(kept!.heads).toBe('6');
  });

  it('takes what the scores need', async () => {
    const send = async (feed: string, head: string[], rows: (string | number)[][]) => {
      const batch = await deliver(house.operator, {
        feed,
        file: csv([[...leading, ...head], ...rows]),
        reference: `${feed}-${tag}`,
      });
      expect(batch).toMatchObject({ status: 'DONE', read: rows.length, accepted: rows.length });
    };
    await send(
      'tax.income-return',
      ['年度', '营业收入(元)', '成本费用总额(元)', '利润总额(元)', '研发费用(元)'],
      firms.map((f) => [
        `T-${f.uscc}`,
        f.uscc,
        ...dates,
        2025,
        `${f.sales}.00`,
        `${f.cost}.00`,
        `${f.sales - f.cost}.00`,
        `${f.rd}.00`,
      ]),
    );
    await send(
      'registry.annual-report',
      [
        '年度',
        '从业人数',
        '资产总额(万元)',
        '负债总额(万元)',
        '营业收入(万元)',
        '主营业务收入(万元)',
        '净利润(万元)',
        '纳税总额(万元)',
      ],
      firms.map((f) => [
        `A-${f.uscc}`,
        f.uscc,
        ...dates,
        2025,
        f.staff,
        900,
        100,
        f.sales / 10_000,
        f.sales / 10_000,
        10,
        5,
      ]),
    );
    await send(
      'tech.staff',
      ['年度', '职工总数', '科技人员数'],
      firms.map((f) => [`S-${f.uscc}`, f.uscc, ...dates, 2025, f.staff, f.rdStaff]),
    );
    const rights = firms.flatMap((f) =>
      Array.from({ length: f.soft }, (_, k) => [
        `I-${f.uscc}-${k}`,
        f.uscc,
        ...dates,
        '软件著作权',
        `SR${tag}${k}`,
        '系统软件',
        '2021-01-01',
        '2021-03-01',
        '有效',
        '自主研发',
        '',
        '是',
      ]),
    );
    await send(
      'ip.right',
      ['类型', '登记号', '名称', '申请日', '授权日', '状态', '取得方式', '受让日', '主营相关'],
      rights,
    );
  });

  it('scores each firm as 115号 says', async () => {
    for (const firm of firms)
      await eventually(async () => {
        const { body } = await house.operator.get(`/api/profiling/enterprises/${firm.uscc}`);
        const found = body['ruleSets']?.find((set: { ruleSet: string }) => set.ruleSet === 'technology-sme');
        return found?.total === firm.total ? true : undefined;
      }, `${firm.uscc} has ${firm.total} points`);
    const found = await house.operator.get(`/api/profiling/enterprises?q=${encodeURIComponent(`${tag}故事0`)}`);
    expect(found.body['items'].map((item: { uscc: string }) => item.uscc)).toEqual([first.uscc]);
  });

  it('brings people on board', async () => {
    const member = async (kind: string, code: string, role: string, memberships?: string[]) => {
      const organisation = await house.operator.post('/api/identity/organisations', {
        kind,
        name: `故事${code}`,
        code,
        ...(memberships && { memberships }),
      });
      expect(organisation.status).toBe(201);
      const login = `${code.toLowerCase()}-one`;
      const person = await house.operator.post(`/api/identity/organisations/${organisation.body['id']}/people`, {
        login,
        password,
        roles: [role],
      });
      expect(person.status).toBe(201);
      return house.anyone.signIn(login, password);
    };
    banks = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        member('institution', `BK${tag}${i}`, 'account-manager', ['CREDIT', 'MARKETPLACE']),
      ),
    );
    regulator = await member('regulator', `RG${tag}`, 'regulator');
    const registration = { uscc: first.uscc, login: `firm-${tag.toLowerCase()}`, password };
    expect(
      (await house.anyone.post('/api/identity/registrations', { ...registration, legalRepresentative: '张不是' }))
        .status,
    ).toBe(422);
    expect(
      (await house.anyone.post('/api/identity/registrations', { ...registration, legalRepresentative: first.legal }))
        .status,
    ).toBe(201);
    expect(
      (await house.anyone.post('/api/identity/registrations', { ...registration, legalRepresentative: first.legal }))
        .status,
    ).toBe(409);
    enterprise = await house.anyone.signIn(registration.login, password);
  });

  it('shows credit information under an authorisation only, and stops everywhere when it is revoked', async () => {
    const query = { uscc: first.uscc, purpose: 'PRE_LOAN' };
    const consent = {
      limbs: ['COLLECTION', 'USE'],
      institutions: 'ALL',
      purposes: ['PRE_LOAN'],
      validFrom: today,
      validTo: addDays(today, 300),
    };
    const bank = banks[0]!;
    expect((await bank.post('/api/credit/queries', query)).status).toBe(403);
    expect((await bank.get(`/api/profiling/enterprises/${first.uscc}`)).status).toBe(403);
    const signed = await enterprise.post('/api/credit/authorisations', consent);
    expect(signed.status).toBe(201);
    const report = await bank.post('/api/credit/queries', query);
    expect(report.status).toBe(201);
    expect(report.body['receipt']).toBeDefined();
    expect((await bank.get(`/api/profiling/enterprises/${first.uscc}`)).status).toBe(200);
    const asked = await enterprise.get('/api/credit/queries');
    expect(asked.body['items'].length).toBeGreaterThanOrEqual(2);
    await enterprise.post(`/api/credit/authorisations/${signed.body['id']}/revocation`);
    expect((await bank.post('/api/credit/queries', query)).status).toBe(403);
    expect((await bank.get(`/api/profiling/enterprises/${first.uscc}`)).status).toBe(403);
    expect((await enterprise.post('/api/credit/authorisations', consent)).status).toBe(201);
  });

  it('gives five places to exactly five of two hundred', async () => {
    const draft = await enterprise.post('/api/marketplace/needs', {
      ...{ amountFen: '500000000', termMonths: 12, purpose: '研发投入', security: 'UNSECURED', annualRateBpMax: 450 },
      contact: { name: '周会计', phone: '13800001111' },
    });
    expect(draft.status).toBe(201);
    needId = draft.body['id'];
    const published = await enterprise.post(`/api/marketplace/needs/${needId}/publication`);
    expect(published.body).toMatchObject({ status: 'PUBLISHED', placesLeft: 5 });
    const board = await banks[0]!.get('/api/marketplace/leads?limit=100');
    expect(board.text).toContain(needId);
    for (const secret of [first.name, first.uscc, '13800001111', '周会计']) expect(board.text).not.toContain(secret);
    const grabs = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        banks[i % 8]!.post(`/api/marketplace/needs/${needId}/grabs`, { intendedFen: '100000000' }),
      ),
    );
    expect(grabs.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(new Set(grabs.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  it('follows one grab to the money', async () => {
    const cases = await Promise.all(
      banks.map(async (bank) => ({ bank, item: (await bank.get('/api/marketplace/grabs')).body['items'][0] })),
    );
    const { bank, item } = cases.find(({ item: found }) => found)!;
    expect(
      (await bank.post(`/api/marketplace/grabs/${item.id}/contact`, { method: 'PHONE', note: '已联系' })).status,
    ).toBeLessThan(300);
    const offer = await bank.post(`/api/marketplace/grabs/${item.id}/offers`, {
      ...{ amountFen: '300000000', annualRateBp: 395, termMonths: 12, repayment: 'INTEREST_FIRST' },
      ...{ security: 'UNSECURED', validTo: addDays(today, 20) },
    });
    expect(offer.status).toBe(201);
    const accepted = await enterprise.post(`/api/marketplace/offers/${offer.body['id']}/acceptance`);
    expect([accepted.status, accepted.body['status']]).toEqual([200, 'ACCEPTED']);
    const money = await bank.post(`/api/marketplace/grabs/${item.id}/disbursement`, {
      amountFen: '300000000',
      drawnOn: today,
    });
    expect(money.status).toBeLessThan(300);
  });

  it('shows the regulator figures that equal a count over the tables', async () => {
    const [counted] = await house.db.query<Record<string, string>>(`
      select (select count(*) from marketplace_api.need_v1 where published_at is not null) as needs,
             (select count(*) from marketplace_api.grab_v1) as grabs,
             (select count(*) from marketplace_api.offer_v1) as offers,
             (select sum(amount_fen) from marketplace_api.disbursement_v1) as lent`);
    expect(counted).toEqual({ needs: '1', grabs: '5', offers: '1', lent: '300000000' });
    expect((await banks[0]!.get('/api/supervision/overview')).status).toBe(403);
    expect((await regulator.get('/api/supervision/overview')).status).toBe(200);
    await eventually(async () => {
      const [rolled] = await house.db.query<Record<string, string>>(
        `select sum(needs_published) as needs, sum(grabs) as grabs, sum(offers) as offers, sum(disbursed_fen) as lent
         from supervision_api.rollup_v1`,
      );
      return JSON.stringify(rolled) === JSON.stringify(counted) ? true : undefined;
    }, 'the rollup equals the count');
  });
});
