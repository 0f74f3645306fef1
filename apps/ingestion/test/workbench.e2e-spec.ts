import { makeUscc } from '@app/kernel';
import { test } from '@fast-check/jest';
import fc from 'fast-check';

import type { TestClient } from '../../../test/support/test-service.js';
import { MendingJob } from '../src/workbench/mending.job.js';
import { Reference } from './feed-reference.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const staff = (key: string, day: string, count: number | string, op = 'U') =>
  `${key},${one},2026-01-31,${day},${op},2025,${count},0`;
const vatHeader = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,所属期,销售额(元),应纳税额(元),已缴税额(元)';
const vat = (key: string, sales: string, payable = '1') =>
  `${key},${one},2026-01-31,2026-02-10,I,2026-01,${sales},${payable},1`;

interface Act {
  id: string;
  state: string;
  rows: number;
  intoBatch: string | null;
}
interface Settled {
  acts: Act[];
  settled: number;
  leftAlone: number;
  remaining: number;
}
interface Look {
  row: { state: string; settledBy: string | null; acceptable: boolean };
  cells: { field: string; value: string; faults: { code: string }[] }[];
  acts: { kind: string; state: string; intoBatch: string; intoLine: number; outcome: string | null }[];
}

describe('rows that were set aside', () => {
  let city: Ingestion;
  let officer: TestClient;
  let colleague: TestClient;
  beforeAll(async () => {
    city = await startIngestion();
    officer = await city.as('source', { code: 'SCIENCE' });
    colleague = await city.as('source', { colleagueOf: officer.person! });
  });
  afterAll(() => city.stop());

  const deliver = (...lines: string[]) => city.deliver('tech.staff', [staffHeader, ...lines].join('\n'));
  const deliverVat = (...lines: string[]) => city.deliver('tax.vat-return', [vatHeader, ...lines].join('\n'));
  const settle = async () => {
    await city.app.get(MendingJob).run();
    await city.settle();
  };
  const resubmit = (rows: object[], by = officer) =>
    by.post('/api/ingestion/quarantine/resubmissions', { rows, reason: '已向填报单位核实' });
  const mend = (batch: Counts, lineNumber: number, cells: object) => ({ batchId: batch.id, lineNumber, cells });
  const look = async (batch: Counts, line: number, by = officer) =>
    (await by.get(`/api/ingestion/quarantine/rows/${batch.id}/${line}`)).body as Look;
  const batchOf = async (id: string) =>
    (await city.operator.get(`/api/ingestion/batches/${id}`)).body as Counts & { settled: number; origin: string };
  const headOf = async (key: string) =>
    (
      await city.db.query<{ version: number; staff: number; batch_id: string }>(
        `select version, (fields->>'staff')::int as staff, batch_id from ingestion_api.record_v1 where record_key = $1`,
        [key],
      )
    )[0];

  it('show the wrong cell, are mended by it, and leave as a delivery that says where they came from', async () => {
    const batch = await deliver(staff('W-1', '2026-02-01', '五十'), staff('W-2', '2026-02-01', 7));
    expect(batch).toMatchObject({ read: 2, accepted: 1, quarantined: 1 });
    const seen = await look(batch, 2);
    expect(seen.cells.filter(({ faults }) => faults.length > 0)).toMatchObject([
      { field: 'staff', value: '五十', faults: [{ code: 'NUMBER_INVALID' }] },
    ]);
    const made = await resubmit([mend(batch, 2, { staff: '50' })]);
    expect(made).toMatchObject({ status: 201, body: { settled: 1, acts: [{ state: 'SETTLED', rows: 1 }] } });
    await settle();
    const after = await look(batch, 2);
    expect(after).toMatchObject({
      row: { state: 'SETTLED', settledBy: 'RESUBMISSION' },
      acts: [{ kind: 'RESUBMISSION', intoLine: 1, outcome: 'NEW_VERSION' }],
    });
    expect(await headOf('W-1')).toEqual({ version: 1, staff: 50, batch_id: after.acts[0]!.intoBatch });
    expect(await batchOf(after.acts[0]!.intoBatch)).toMatchObject({ origin: 'WORKBENCH', read: 1, accepted: 1 });
    expect(await batchOf(batch.id)).toMatchObject({ read: 2, accepted: 1, quarantined: 1, settled: 1 });
  });

  it('stay where they are while a cell is still wrong, and the answer names each', async () => {
    const batch = await deliver(staff('W-3', '2026-02-01', -1));
    const refused = await resubmit([mend(batch, 2, { staff: '-2', year: '20x5' })]);
    expect(refused.status).toBe(422);
    const { errors } = refused.body as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer.split('/cells')[1])).toEqual(['/year', '/staff']);
    expect((await resubmit([mend(batch, 2, { colour: '绿' })])).status).toBe(422);
    expect(await look(batch, 2)).toMatchObject({ row: { state: 'OPEN' }, acts: [] });
  });

  it('are settled once: of two officers one is told that somebody was earlier', async () => {
    const batch = await deliver(staff('W-4', '2026-02-01', -1), staff('W-5', '2026-02-01', -1));
    const answers = await Promise.all([
      resubmit([mend(batch, 2, { staff: '1' }), mend(batch, 3, { staff: '1' })]),
      resubmit([mend(batch, 3, { staff: '2' }), mend(batch, 2, { staff: '2' })], colleague),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    await settle();
    const winner = answers[0]!.status === 201 ? 1 : 2;
    expect([await headOf('W-4'), await headOf('W-5')]).toMatchObject([{ staff: winner }, { staff: winner }]);
    expect((await resubmit([mend(batch, 2, { staff: '3' })])).body).toMatchObject({ code: 'INGESTION.ROW_SETTLED' });
  });

  it('that are mended after a newer version came are late, and change nothing', async () => {
    const batch = await deliver(staff('W-6', '2026-02-01', -1));
    await deliver(staff('W-6', '2026-02-05', 60));
    await resubmit([mend(batch, 2, { staff: '50' })]);
    await settle();
    const { acts } = await look(batch, 2);
    expect(acts).toMatchObject([{ outcome: 'NOTHING_NEW' }]);
    expect(await batchOf(acts[0]!.intoBatch)).toMatchObject({ read: 1, stale: 1, accepted: 0 });
    expect(await headOf('W-6')).toMatchObject({ version: 1, staff: 60 });
  });

  it('are dismissed with a reason, refused ones too, and those cannot be mended', async () => {
    const batch = await deliver(`W-7,SHORT,2026-01-31,2026-02-01,U,2025,5,0`);
    expect(batch).toMatchObject({ refused: 1 });
    const row = { batchId: batch.id, lineNumber: 2 };
    expect((await resubmit([row])).body).toMatchObject({ code: 'INGESTION.NOT_MENDABLE' });
    const done = await officer.post('/api/ingestion/quarantine/dismissals', { rows: [row], reason: '已停用的编号' });
    expect(done).toMatchObject({ status: 201, body: { settled: 1, acts: [{ kind: 'DISMISSAL', intoBatch: null }] } });
    expect(await batchOf(batch.id)).toMatchObject({ refused: 1, settled: 1 });
  });

  it('are taken as they are by two people, where the contract allows it', async () => {
    const batch = await deliverVat(vat('V-1', '-5.00'), vat('V-2', '-5.00', '-1'));
    const tax = await city.as('source', { code: 'TAX' });
    const other = await city.as('source', { colleagueOf: tax.person! });
    const propose = (line: number) =>
      tax.post('/api/ingestion/quarantine/acceptances', {
        rows: [{ batchId: batch.id, lineNumber: line }],
        reason: '红字发票',
      });
    const { body: reasons } = await tax.get('/api/ingestion/quarantine/reasons?feed=tax.vat-return');
    expect((reasons as { items: object[] }).items).toMatchObject([
      { code: 'MONEY_NEGATIVE', pointer: '/sales', acceptable: true },
    ]);
    expect((await propose(3)).body).toMatchObject({ code: 'INGESTION.NOT_ACCEPTABLE' });
    const [act] = ((await propose(2)).body as Settled).acts;
    expect(act).toMatchObject({ state: 'PROPOSED' });
    await settle();
    expect(await headOf('V-1')).toBeUndefined();
    const decide = (by: TestClient) =>
      by.post(`/api/ingestion/quarantine/acts/${act!.id}/decision`, { approve: true, note: '核对无误' });
    expect((await decide(tax)).body).toMatchObject({ code: 'INGESTION.SAME_PERSON' });
    expect((await decide(officer)).status).toBe(404);
    expect(await decide(other)).toMatchObject({ status: 200, body: { state: 'SETTLED' } });
    expect((await decide(other)).body).toMatchObject({ code: 'INGESTION.ALREADY_DECIDED' });
    await settle();
    const [record] = await city.db.query(
      `select fields->>'sales' as sales from ingestion_api.record_v1 where record_key = 'V-1'`,
    );
    expect(record).toEqual({ sales: '-500' });
    expect(await look(batch, 2, tax)).toMatchObject({ acts: [{ kind: 'ACCEPTANCE', outcome: 'NEW_VERSION' }] });
  });

  it('are open again when the second person says no', async () => {
    const batch = await deliverVat(vat('V-3', '-5.00'));
    const [tax, other] = [await city.as('operator'), await city.as('operator')];
    const rows = [{ batchId: batch.id, lineNumber: 2 }];
    const made = await tax.post('/api/ingestion/quarantine/acceptances', { rows, reason: '红字发票' });
    const [act] = (made.body as Settled).acts;
    await other.post(`/api/ingestion/quarantine/acts/${act!.id}/decision`, { approve: false });
    expect(await look(batch, 2, tax)).toMatchObject({ row: { state: 'OPEN' }, acts: [{ state: 'REJECTED' }] });
    expect((await resubmit([mend(batch, 2, { sales: '5.00' })], tax)).status).toBe(201);
  });

  it('are settled by reason: those that pass leave, the others stay', async () => {
    const batch = await deliver(
      staff('B-1', '2026-02-01', '多'),
      staff('B-2', '2026-02-01', '多'),
      `B-3,${one},2026-01-31,2026-02-01,U,2025,多,x`,
    );
    const wish = { feed: 'tech.staff', code: 'NUMBER_INVALID', pointer: '/staff', batchId: batch.id };
    const reasons = await officer.get('/api/ingestion/quarantine/reasons?feed=tech.staff&code=NUMBER_INVALID');
    expect((reasons.body as { items: object[] }).items).toMatchObject([
      { pointer: '/staff', open: 3, acceptable: false },
    ]);
    const made = await officer.post('/api/ingestion/quarantine/resubmissions', {
      all: wish,
      cells: { staff: '100' },
      reason: '统一按登记人数',
    });
    expect(made.body).toMatchObject({ settled: 2, leftAlone: 1, remaining: 0 });
    await settle();
    expect([await headOf('B-1'), await headOf('B-2')]).toMatchObject([{ staff: 100 }, { staff: 100 }]);
    const open = await officer.get('/api/ingestion/quarantine?feed=tech.staff&state=OPEN&code=NUMBER_INVALID');
    expect((open.body as { items: object[] }).items).toMatchObject([{ recordKey: 'B-3', mendable: true }]);
  });

  it('are listed by feed, source, age and state, page by page, to those whose feeds they are', async () => {
    const page = async (query: string, by = city.operator) =>
      (await by.get(`/api/ingestion/quarantine?${query}`)).body as {
        items: { feed: string }[];
        nextCursor: string | null;
      };
    const all = (await page('limit=100')).items.length;
    let [count, cursor] = [0, ''];
    do {
      const { items, nextCursor } = await page(`limit=3${cursor}`);
      count += items.length;
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(count).toBe(all);
    expect(new Set((await page('source=TAX')).items.map(({ feed }) => feed))).toEqual(new Set(['tax.vat-return']));
    expect(new Set((await page('', officer)).items.map(({ feed }) => feed))).toEqual(new Set(['tech.staff']));
    expect((await page('olderThanDays=1')).items).toEqual([]);
    expect((await page('olderThanDays=0')).items).toHaveLength(all);
  });

  const moment = fc.record({
    key: fc.constantFrom('A', 'B'),
    report: fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03'),
    staff: fc.constantFrom(1, 2),
    broken: fc.boolean(),
    mendedAfter: fc.nat(3),
  });
  let run = 0;
  test.prop([fc.array(moment, { minLength: 1, maxLength: 5 })], { numRuns: 15 })(
    'count, whenever they are mended, as any row that comes at that time',
    async (moments) => {
      run += 1;
      const reference = new Reference();
      const waiting: { at: number; batch: Counts; row: (typeof moments)[number] }[] = [];
      const rowOf = ({ key, report, staff: count }: (typeof moments)[number]) => ({
        key: `${run}${key}`,
        uscc: one,
        event: '2026-01-31',
        report,
        op: 'U',
        staff: count,
      });
      const mendDue = async (now: number) => {
        for (const { at, batch, row } of waiting.splice(0)) {
          if (at > now) waiting.push({ at, batch, row });
          else {
            await resubmit([mend(batch, 2, { staff: String(row.staff) })]);
            await settle();
            const [act] = (await look(batch, 2)).acts;
            expect(await batchOf(act!.intoBatch)).toMatchObject(reference.deliver([rowOf(row)]));
          }
        }
      };
      for (const [at, row] of moments.entries()) {
        const sent = rowOf(row);
        const batch = await deliver(staff(sent.key, row.report, row.broken ? -1 : row.staff));
        if (row.broken) waiting.push({ at: at + row.mendedAfter, batch, row });
        else expect(batch).toMatchObject(reference.deliver([sent]));
        await mendDue(at);
      }
      await mendDue(Infinity);
      for (const [key, head] of Object.entries(reference.shown()))
        expect(await headOf(key)).toMatchObject({ version: head.version });
    },
    240_000,
  );
});
