import { makeUscc } from '@app/kernel';
import { fc } from '@fast-check/jest';

import { Measuring } from '../src/quality/measuring.service.js';
import { QualityJob } from '../src/quality/quality.job.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const [one, two] = [makeUscc('320505', 1), makeUscc('320506', 2)];
const lead = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
const insuredHeader = `${lead},月份,参保人数,应缴(元),实缴(元),欠缴月数`;
const vatHeader = `${lead},所属期,销售额(元),应纳税额(元),已缴税额(元)`;

const staff = (key: string, uscc: string, count: number, wish: { day?: string; op?: string } = {}) =>
  `${key},${uscc},2025-12-31,${wish.day ?? '2026-11-01'},${wish.op ?? 'I'},2025,${count},1`;
const insured = (key: string, uscc: string, month: string, count: number, [due, day] = [100, '2026-11-01']) =>
  `${key},${uscc},${month}-28,${day},I,${month},${count},${due},0,0`;
const vat = (key: string, uscc: string, period: string, sales: number, day = '2026-11-01') =>
  `${key},${uscc},${period}-28,${day},I,${period},${sales},1,1`;

describe('the quality of data', () => {
  let city: Ingestion;
  beforeEach(async () => {
    city = await startIngestion();
  });
  afterEach(() => city.stop());

  const look = () => city.app.get(QualityJob).run();
  const deliver = (feed: string, header: string, ...rows: string[]) => city.deliver(feed, [header, ...rows].join('\n'));
  const items = async <T>(path: string, client = city.operator): Promise<T[]> => {
    const answer = await client.get(`/api/ingestion/${path}`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return (answer.body as { items: T[] }).items;
  };

  it('is nothing before anything came, and says so', async () => {
    await look();
    expect(await items('quality/findings')).toEqual([]);
    expect(await items(`conflicts?uscc=${one}`)).toEqual([]);
    expect(await items('quality/letters')).toEqual([]);
    const feeds = await items<{ feed: string; scoreBp: number | null; fresh: boolean | null }>('quality/feeds');
    expect(feeds.length).toBeGreaterThan(15);
    expect(feeds.every(({ scoreBp, fresh }) => scoreBp === null && fresh === null)).toBe(true);
    expect((await city.operator.get(`/api/ingestion/quality/enterprises/${one}`)).body).toMatchObject({
      scoreBp: null,
      feeds: [],
    });
  });

  it('shows sources that contradict one another side by side, and not what one keeps to the other', async () => {
    await deliver('tech.staff', staffHeader, staff('S-1', one, 100), staff('S-2', two, 100));
    await deliver(
      'social-insurance.headcount',
      insuredHeader,
      insured('I-1', one, '2025-12', 31),
      insured('I-2', two, '2025-12', 95),
    );
    await look();
    const [conflict, ...others] = await items<{ year: string; sides: object[] }>(`conflicts?uscc=${one}`);
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({
      year: '2025',
      toleranceBp: 3_000,
      sides: [
        { feed: 'social-insurance.headcount', header: '参保人数', value: '31', recordKeys: ['I-1'] },
        { feed: 'tech.staff', header: '职工总数', value: '100', recordKeys: ['S-1'] },
      ],
    });
    expect(await items(`conflicts?uscc=${two}`)).toEqual([]);
    // That an operator looked at an enterprise's figures is on record.
    const reads = await city.db.query<{ act: string }>('select act from ingestion.read_log where uscc = $1', [one]);
    expect(reads.map(({ act }) => act)).toEqual(['CONFLICTS']);
    const science = await city.as('source', { code: 'SCIENCE' });
    const [seen] = await items<{ sides: object[] }>(`conflicts?uscc=${one}`, science);
    expect(seen?.sides).toMatchObject([{ value: null, recordKeys: [] }, { value: '100' }]);
    expect(await items(`conflicts?uscc=${one}`, await city.as('source', { code: 'COURT' }))).toEqual([]);
    // The other side changes its word: the contradiction is over, though the first feed brought nothing new.
    await deliver('tech.staff', staffHeader, staff('S-1', one, 33, { day: '2026-11-02' }));
    await look();
    expect(await items(`conflicts?uscc=${one}`)).toEqual([]);
  });

  it('finds what does not fit, keeps when it was first seen, and lets go of it when it was mended or has moved', async () => {
    const months = ['2026-01', '2026-02', '2026-03'].map((period, at) => vat(`V-${at}`, one, period, 5_000));
    await deliver(
      'tax.vat-return',
      vatHeader,
      ...months,
      vat('V-9', one, '2026-04', 50_000_000),
      vat('V-8', one, '2026-03', 6_000),
    );
    await look();
    const found = await items<{ id: string; kind: string; recordKeys: string[]; foundAt: string }>('quality/findings');
    expect(
      found
        .map(({ kind, recordKeys }) => [kind, recordKeys])
        .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    ).toEqual([
      ['JUMP', ['V-9']],
      ['UNIQUE', ['V-2', 'V-8']],
    ]);
    expect(await items('quality/findings?kind=JUMP&feed=tax.vat-return')).toHaveLength(1);
    city.clock.advance(86_400_000);
    await deliver('tax.vat-return', vatHeader, vat('V-9', one, '2026-04', 50_000_001, '2026-11-02'));
    await look();
    const again = await items<{ id: string; foundAt: string }>('quality/findings?kind=JUMP');
    expect(again[0]).toMatchObject({ id: found.find(({ kind }) => kind === 'JUMP')!.id, foundAt: found[0]!.foundAt });
    // The doubled month belongs to somebody else, and the unit is right.
    await deliver(
      'tax.vat-return',
      vatHeader,
      vat('V-8', two, '2026-03', 6_000, '2026-11-03'),
      vat('V-9', one, '2026-04', 5_100, '2026-11-03'),
    );
    await look();
    expect(await items('quality/findings')).toEqual([]);
    expect((await city.operator.get(`/api/ingestion/quality/enterprises/${two}`)).body).toMatchObject({
      records: 1,
      findings: 0,
    });
  });

  it('is a map of feeds by days, with late files on the day they came', async () => {
    await deliver('tech.staff', staffHeader, staff('S-1', one, 100), staff('S-2', 'SHORT', 9));
    await look();
    city.clock.advance(2 * 86_400_000);
    await deliver('tech.staff', staffHeader, staff('S-3', one, 90, { day: '2026-06-01' }));
    await look();
    const answer = await city.operator.get('/api/ingestion/quality/days?from=2026-11-22&feed=tech.staff');
    const body = answer.body as { items: { days: object[] }[] };
    expect(body).toMatchObject({
      from: '2026-11-22',
      to: '2026-11-25',
      items: [{ feed: 'tech.staff', source: 'SCIENCE' }],
    });
    expect(body.items[0]!.days).toMatchObject([
      { day: '2026-11-22', deliveries: 0, scoreBp: null, fresh: null },
      { day: '2026-11-23', deliveries: 1, read: 2, setAside: 1, fresh: true },
      { day: '2026-11-24', deliveries: 0, scoreBp: null },
      { day: '2026-11-25', deliveries: 1, read: 1, setAside: 0, fresh: true },
    ]);
    expect((await city.operator.get('/api/ingestion/quality/days?from=2026-01-01')).status).toBe(422);
    const tax = await city.as('source', { code: 'TAX' });
    const own = (await tax.get('/api/ingestion/quality/days')).body as { items: { feed: string }[] };
    expect(own.items.every(({ feed }) => feed.startsWith('tax.'))).toBe(true);
  });

  it('tells once when a promise of freshness is missed, and again only after it was kept', async () => {
    const alerts = () =>
      city.db.query<{ data: object }>(
        `select data from ingestion.outbox where topic = 'ingestion.freshness.missed.v1' order by id`,
      );
    await deliver('tax.vat-return', vatHeader, vat('V-1', one, '2026-01', 5, '2026-11-20'));
    await look();
    expect(await alerts()).toEqual([]);
    city.clock.advance(60 * 86_400_000);
    await look();
    await look();
    expect((await alerts()).map(({ data }) => data)).toMatchObject([
      { feed: 'tax.vat-return', source: 'TAX', newestReportDate: '2026-11-20', ageDays: 63 },
    ]);
    await deliver('tax.vat-return', vatHeader, vat('V-2', one, '2026-12', 5, '2027-01-20'));
    await look();
    const [state] = (await items<{ feed: string; lateSince: string | null }>('quality/feeds')).filter(
      ({ feed }) => feed === 'tax.vat-return',
    );
    expect(state).toMatchObject({ lateSince: null, fresh: true });
    city.clock.advance(60 * 86_400_000);
    await look();
    expect(await alerts()).toHaveLength(2);
  });

  it('is written to each source once its month is over, and the letter never changes', async () => {
    await deliver(
      'tax.vat-return',
      vatHeader,
      vat('V-1', one, '2026-01', 5),
      vat('V-2', one, '2026-01', 6),
      vat('V-3', one, '2026-02', -1),
    );
    await look();
    expect(await items('quality/letters?month=2026-11')).toEqual([]);
    const issue = (month: string) => city.operator.post('/api/ingestion/quality/letters', { source: 'TAX', month });
    expect((await issue('2026-11')).status).toBe(409);
    city.clock.set('2026-12-01T02:00:00Z');
    await look();
    const [letter, ...others] = await items<{ id: string; source: string; digest: string }>(
      'quality/letters?month=2026-11',
    );
    expect(others).toEqual([]);
    const tax = await city.as('source', { code: 'TAX' });
    const text = (await tax.get(`/api/ingestion/quality/letters/${letter!.id}`)).body as { markdown: string };
    expect(text.markdown).toContain('共收到报送 1 批、3 行，其中 1 行未能入库（33.33%）');
    expect(text.markdown).toContain('金额不应为负');
    expect(text.markdown).toContain('重复');
    const page = await tax.get(`/api/ingestion/quality/letters/${letter!.id}/page`);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('<h1>数据质量月报（2026年11月）</h1>');
    const court = await city.as('source', { code: 'COURT' });
    expect((await court.get(`/api/ingestion/quality/letters/${letter!.id}`)).status).toBe(404);
    expect(await items('quality/letters', court)).toEqual([]);
    expect((await issue('2026-11')).status).toBe(409);
    await expect(city.db.query(`update ingestion.quality_letter set markdown = 'x'`)).rejects.toThrow();
    await look();
    expect(await items('quality/letters')).toHaveLength(1);
    expect((await issue('2026-10')).body).toMatchObject({ month: '2026-10' });
  });

  it('measured step by step is what measuring everything at once gives, whatever came in whatever order', async () => {
    const row = fc.record({
      feed: fc.constantFrom('tech.staff', 'social-insurance.headcount'),
      key: fc.integer({ min: 1, max: 4 }),
      uscc: fc.constantFrom(one, two),
      count: fc.constantFrom(10, 12, 500),
      due: fc.constantFrom(3, 40_000, 100_000_000),
      day: fc.constantFrom('2026-10-01', '2026-10-02', '2026-10-03'),
      withdraws: fc.boolean(),
    });
    const snapshot = async () => ({
      findings: await city.db.query(
        'select uscc, feed_id, rule, subject, record_keys, detail from ingestion.finding order by 1, 2, 3, 4',
      ),
      enterprises: await city.db.query('select * from ingestion.quality_enterprise order by uscc, feed_id'),
      feeds: await city.db.query(
        'select feed_id, records, affected, findings, filled from ingestion.quality_feed order by 1',
      ),
    });
    const batches = fc.sample(fc.array(row, { minLength: 1, maxLength: 6 }), { numRuns: 10, seed: 20_261_123 });
    for (const rows of batches) {
      for (const feed of ['tech.staff', 'social-insurance.headcount'] as const) {
        const lines = rows
          .filter((line) => line.feed === feed)
          .map((line) =>
            feed === 'tech.staff'
              ? staff(`S-${line.key}`, line.uscc, line.count, { day: line.day, op: line.withdraws ? 'D' : 'I' })
              : insured(`I-${line.key}`, line.uscc, `2025-1${line.key % 3}`, line.count, [line.due, line.day]),
          );
        if (lines.length > 0) await deliver(feed, feed === 'tech.staff' ? staffHeader : insuredHeader, ...lines);
      }
      await look();
    }
    const stepwise = await snapshot();
    expect(stepwise.findings.length).toBeGreaterThan(0);
    for (const feed of ['tech.staff', 'social-insurance.headcount']) await city.app.get(Measuring).measureAll(feed);
    expect(await snapshot()).toEqual(stepwise);
    await city.db.query('truncate ingestion.finding, ingestion.quality_enterprise, ingestion.quality_feed');
    for (const feed of ['tech.staff', 'social-insurance.headcount']) await city.app.get(Measuring).measureAll(feed);
    const afresh = await snapshot();
    expect({ ...afresh, feeds: afresh.feeds.length }).toEqual({ ...stepwise, feeds: 2 });
    const held = stepwise.feeds.filter(({ records }) => Number(records) > 0);
    expect(afresh.feeds).toEqual(held);
  });
});
