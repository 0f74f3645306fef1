import { makeUscc } from '@app/kernel';

import { type Ingestion, startIngestion } from './ingest.js';

const code = makeUscc('320505', 7);
const wrong = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
const lead = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
const headers: Record<string, string> = {
  'tax.vat-return': `${lead},所属期,销售额(元),应纳税额(元),已缴税额(元)`,
  'customs.trade': `${lead},月份,进口额(元),出口额(元),海关信用等级`,
  'utility.usage': `${lead},户号,类别,月份,用量,应缴金额(元),缴费日期,欠费(元)`,
  'registry.annual-report': `${lead},年度,从业人数,资产总额(万元),负债总额(万元),营业收入(万元),主营业务收入(万元),净利润(万元),纳税总额(万元)`,
  'ip.right': `${lead},类型,登记号,名称,申请日,授权日,状态,取得方式,受让日,主营相关`,
};
const ok = `${code},2026-01-31,2026-02-10,I`;

interface SetAside {
  lineNumber: number;
  kind: string;
  code: string;
  pointer: string;
  zh: string;
  raw: string;
}

describe('a row that is set aside', () => {
  let city: Ingestion;
  let serial = 0;
  beforeAll(async () => {
    city = await startIngestion();
  });
  afterAll(() => city.stop());

  async function reasonsOf(feed: string, ...rows: string[]) {
    const batch = await city.deliver(feed, [headers[feed], ...rows].join('\n'));
    const answer = await city.operator.get(`/api/ingestion/batches/${batch.id}/quarantine`);
    return { batch, items: (answer.body as { items: SetAside[] }).items };
  }

  it.each([
    ['tax.vat-return', `{key},${code},2026-01-31,2026-02-10,I,2026-01,1.00,1`, 'REFUSED', 'LINE_COLUMNS', ''],
    ['tax.vat-return', `{key},"${code},2026-01-31,2026-02-10,I,2026-01,1.00,1,1`, 'REFUSED', 'LINE_UNREADABLE', ''],
    ['tax.vat-return', `{key},SHORT,2026-01-31,2026-02-10,I,2026-01,1,1,1`, 'REFUSED', 'USCC_LENGTH', '/uscc'],
    [
      'tax.vat-return',
      `{key},I1320505MA00000070,2026-13-31,2026-02-10,I,2026-01,1,1,1`,
      'REFUSED',
      'USCC_ALPHABET',
      '/uscc',
    ],
    [
      'tax.vat-return',
      `{key},${wrong},2026-01-31,2026-02-10,I,2026-01,1,1,1`,
      'QUARANTINED',
      'USCC_CHECK_DIGIT',
      '/uscc',
    ],
    ['tax.vat-return', `{key},,2026-01-31,2026-02-10,I,2026-01,1,1,1`, 'QUARANTINED', 'USCC_MISSING', '/uscc'],
    ['tax.vat-return', `,${ok},2026-01,1,1,1`, 'QUARANTINED', 'KEY_MISSING', '/record_key'],
    [
      'tax.vat-return',
      `{key},${code},2026-13-45,2026-02-10,I,2026-01,1,1,1`,
      'QUARANTINED',
      'DATE_INVALID',
      '/event_date',
    ],
    [
      'tax.vat-return',
      `{key},${code},2026-02-11,2026-02-10,I,2026-01,1,1,1`,
      'QUARANTINED',
      'EVENT_AFTER_REPORT',
      '/event_date',
    ],
    [
      'tax.vat-return',
      `{key},${code},2026-01-31,2026-11-24,I,2026-01,1,1,1`,
      'QUARANTINED',
      'REPORT_AFTER_TODAY',
      '/report_date',
    ],
    ['tax.vat-return', `{key},${code},2026-01-31,2026-02-10,X,2026-01,1,1,1`, 'QUARANTINED', 'OP_UNKNOWN', '/op'],
    [
      'tax.vat-return',
      `{key},${code},2026-01-31,2026-02-10,D,2026-01,1,1,1`,
      'QUARANTINED',
      'WITHDRAWS_UNKNOWN',
      '/record_key',
    ],
    ['tax.vat-return', `{key},${ok},2026-01,-1,1,1`, 'QUARANTINED', 'MONEY_NEGATIVE', '/sales'],
    ['tax.vat-return', `{key},${ok},2026-01,1.005,1,1`, 'QUARANTINED', 'MONEY_TOO_FINE', '/sales'],
    ['tax.vat-return', `{key},${ok},2026-01,"1,000",1,1`, 'QUARANTINED', 'MONEY_SEPARATOR', '/sales'],
    ['tax.vat-return', `{key},${ok},2026-01,=1+1,1,1`, 'QUARANTINED', 'MONEY_FORMAT', '/sales'],
    ['tax.vat-return', `{key},${ok},2026-01,${'9'.repeat(30)},1,1`, 'QUARANTINED', 'MONEY_TOO_LARGE', '/sales'],
    ['tax.vat-return', `{key},${ok},2026-13,1,1,1`, 'QUARANTINED', 'MONTH_INVALID', '/period'],
    ['tax.vat-return', `{key},${ok},2026-12,1,1,1`, 'QUARANTINED', 'PERIOD_IN_FUTURE', '/period'],
    ['tax.vat-return', `{key},${ok},2026-01,,1,1`, 'QUARANTINED', 'FIELD_REQUIRED', '/sales'],
    ['registry.annual-report', `{key},${ok},20x5,1,1,1,1,1,1,1`, 'QUARANTINED', 'YEAR_INVALID', '/year'],
    ['registry.annual-report', `{key},${ok},2025,1.5,1,1,1,1,1,1`, 'QUARANTINED', 'NUMBER_INVALID', '/employees'],
    ['registry.annual-report', `{key},${ok},2025,-3,1,1,1,1,1,1`, 'QUARANTINED', 'NUMBER_RANGE', '/employees'],
    [
      'registry.annual-report',
      `{key},${ok},2025,3,1.0000001,1,1,1,1,1`,
      'QUARANTINED',
      'MONEY_TOO_FINE',
      '/total_assets',
    ],
    ['customs.trade', `{key},${ok},2026-01,1,1,认证企业`, 'QUARANTINED', 'CODE_UNKNOWN', '/level'],
    ['customs.trade', `{key},${ok},2026-01,1,1,严重失信`, 'QUARANTINED', 'CODE_NOT_IN_FORCE', '/level'],
    ['ip.right', `{key},${ok},发明专利,ZL1,${'长'.repeat(501)},,,有效,,,`, 'QUARANTINED', 'TEXT_TOO_LONG', '/title'],
    ['ip.right', `{key},${ok},发明专利,ZL\0,名,,,有效,,,`, 'QUARANTINED', 'TEXT_CONTROL', '/number'],
    ['ip.right', `{key},${ok},专利,ZL,名,,,有效,,,`, 'QUARANTINED', 'CODE_UNKNOWN', '/kind'],
  ])('of %s: %s is %s as %s at %s', async (feed, line, kind, reason, pointer) => {
    serial += 1;
    const { batch, items } = await reasonsOf(feed, line.replace('{key}', `Z-${serial}`));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ lineNumber: 2, kind, code: reason, pointer, zh: expect.any(String) as string });
    expect(batch).toMatchObject({ read: 1, accepted: 0, [kind.toLowerCase()]: 1 });
  });

  it('does not stand in the way of the rows around it, not even with a quote that is never closed', async () => {
    const good = (key: string) => `${key},${ok},2026-01,1,1,1`;
    const { batch, items } = await reasonsOf(
      'tax.vat-return',
      good('Q-1'),
      `"Q-2,${ok},2026-01,1,1,1`,
      good('Q-3'),
      '',
      good('Q-4'),
    );
    expect(batch).toMatchObject({ read: 4, accepted: 3, refused: 1 });
    expect(items).toMatchObject([{ lineNumber: 3, code: 'LINE_UNREADABLE' }]);
  });

  it('does not take part: a good line before a bad one with the same key and day is the last', async () => {
    const { batch } = await reasonsOf('tax.vat-return', `B-1,${ok},2026-01,1,1,1`, `B-1,${ok},2026-01,-1,1,1`);
    expect(batch).toMatchObject({ read: 2, accepted: 1, quarantined: 1, stale: 0 });
  });

  it('passes when its code list was in force on the day of the fact', async () => {
    const row = (key: string, day: string, level: string) => `${key},${code},${day},2026-10-01,I,2019-01,1,1,${level}`;
    const { batch } = await reasonsOf(
      'customs.trade',
      row('L-1', '2021-10-31', '一般认证'),
      row('L-2', '2021-11-01', '一般认证'),
      row('L-3', '2026-03-31', '其他'),
      row('L-4', '2026-04-01', '其他'),
      row('L-5', '2026-04-01', '严重失信'),
    );
    expect(batch).toMatchObject({ accepted: 3, quarantined: 2 });
  });

  it('passes once its account is mapped or its code allowed, when it is delivered again', async () => {
    const use = `U-1,,2026-01-31,2026-02-10,I,A-77,电,2026-01,12.50,8.00,,`;
    expect((await reasonsOf('utility.usage', use)).batch).toMatchObject({ quarantined: 1 });
    const mapped = await city.operator.post('/api/ingestion/feeds/utility.usage/accounts', {
      accounts: [{ account: { kind: '电', account: 'A-77' }, uscc: code }],
    });
    expect(mapped.status).toBe(201);
    expect((await reasonsOf('utility.usage', use)).batch).toMatchObject({ accepted: 1 });
    const vat = `U-2,${wrong},2026-01-31,2026-02-10,I,2026-01,1,1,1`;
    expect((await reasonsOf('tax.vat-return', vat)).batch).toMatchObject({ quarantined: 1 });
    const allowed = await city.operator.post('/api/ingestion/allowed-codes', { uscc: wrong, reason: '登记机关确认' });
    expect(allowed.status).toBe(201);
    expect((await reasonsOf('tax.vat-return', vat)).batch).toMatchObject({ accepted: 1 });
  });

  it('is told from formulas and signs, which are data and kept as they came', async () => {
    const { batch } = await reasonsOf('ip.right', `F-1,${ok},软件著作权,=HYPERLINK("x"),@SUM(A1)，<script>,,,有效,,,`);
    expect(batch).toMatchObject({ accepted: 1 });
    const [record] = await city.db.query(
      `select fields->>'number' as number from ingestion_api.record_v1 where record_key = 'F-1'`,
    );
    expect(record).toEqual({ number: '=HYPERLINK("x")' });
  });
});
