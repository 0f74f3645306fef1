import { makeUscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const two = makeUscc('320506', 2);
const line = (key: string, uscc: string, day: string, staff: number, { op = 'U', rd = 10 } = {}) =>
  `${key},${uscc},2026-01-31,${day},${op},2025,${staff},${rd}`;

interface Correction {
  id: string;
  status: string;
  fields: object;
  raw: object;
  endedBecause: string | null;
  endedByVersion: number | null;
}

describe('a correction over a record', () => {
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
  const propose = (recordKey: string, fields: object, { version = 1, by = officer } = {}) =>
    by.post('/api/ingestion/corrections', {
      feed: 'tech.staff',
      recordKey,
      version,
      fields,
      reason: '填报人误填',
      document: '苏科函〔2026〕12号',
    });
  const decide = (id: string, approve: boolean, by = colleague, path = '') =>
    by.post(`/api/ingestion/corrections/${id}${path}/decision`, { approve, note: '已核对原件' });
  async function inForce(recordKey: string, fields: object, version = 1): Promise<string> {
    const { id } = (await propose(recordKey, fields, { version })).body as Correction;
    expect((await decide(id, true)).status).toBe(200);
    return id;
  }
  const shown = async (key: string) =>
    (
      await city.db.query<{ uscc: string; version: number; fields: object; corrected: boolean }>(
        `select uscc, version, fields, corrected from ingestion_api.record_v1 where record_key = $1`,
        [key],
      )
    )[0];
  const events = async () =>
    (await city.db.query<{ n: number }>(`select count(*)::int as n from ingestion.outbox where key = $1`, [one]))[0]!.n;
  const get = async (id: string) => (await officer.get(`/api/ingestion/corrections/${id}`)).body as Correction;

  it('shows the other value when a second person agrees, tells the readers, and leaves the raw row as it came', async () => {
    await deliver(line('C-1', one, '2026-02-01', 50));
    const before = await events();
    const proposed = await propose('C-1', { staff: 500 });
    expect(proposed).toMatchObject({
      status: 201,
      body: { status: 'PROPOSED', basis: 'SOURCE', fields: { staff: 500 }, raw: { staff: 50 } },
    });
    expect(await shown('C-1')).toMatchObject({ fields: { staff: 50 }, corrected: false });
    expect(await events()).toBe(before);
    const { id } = proposed.body as Correction;
    expect(await decide(id, true)).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    expect(await shown('C-1')).toEqual({
      uscc: one,
      version: 1,
      fields: { year: 2025, staff: 500, rd_staff: 10 },
      corrected: true,
    });
    expect(await events()).toBe(before + 1);
    const [raw] = await city.db.query(
      `select fields->'staff' as staff from ingestion_api.record_version_v1 where record_key = 'C-1'`,
    );
    expect(raw).toEqual({ staff: 50 });
  });

  it('takes two people, also to take it back', async () => {
    await deliver(line('C-2', one, '2026-02-01', 50));
    const { id } = (await propose('C-2', { staff: 51 })).body as Correction;
    expect(await decide(id, true, officer)).toMatchObject({ status: 403, body: { code: 'INGESTION.SAME_PERSON' } });
    expect((await get(id)).status).toBe('PROPOSED');
    await decide(id, true);
    const back = await officer.post(`/api/ingestion/corrections/${id}/withdrawal`, { reason: '原值无误' });
    expect(back).toMatchObject({ status: 200, body: { status: 'BACK_PROPOSED' } });
    expect(await shown('C-2')).toMatchObject({ corrected: true });
    expect((await decide(id, true, officer, '/withdrawal')).status).toBe(403);
    const before = await events();
    expect(await decide(id, true, colleague, '/withdrawal')).toMatchObject({ body: { status: 'TAKEN_BACK' } });
    expect(await shown('C-2')).toMatchObject({ fields: { staff: 50 }, corrected: false });
    expect(await events()).toBe(before + 1);
  });

  it('stays while the source repeats the wrong value, and ends with another one', async () => {
    await deliver(line('C-3', one, '2026-02-01', 50));
    const id = await inForce('C-3', { staff: 500 });
    await deliver(line('C-3', one, '2026-02-02', 50, { rd: 20 }));
    expect(await shown('C-3')).toMatchObject({ version: 2, fields: { staff: 500, rd_staff: 20 }, corrected: true });
    await deliver(line('C-3', one, '2026-02-03', 60, { rd: 20 }));
    expect(await shown('C-3')).toMatchObject({ version: 3, fields: { staff: 60 }, corrected: false });
    expect(await get(id)).toMatchObject({ status: 'ENDED', endedBecause: 'CHANGED', endedByVersion: 3 });
    expect((await propose('C-3', { staff: 61 }, { version: 3 })).status).toBe(201);
  });

  it.each([
    ['withdraws the record', line('K', two, '2026-02-02', 50, { op: 'D' }), 'WITHDRAWN'],
    ['moves it to another enterprise', line('K', one, '2026-02-02', 50), 'MOVED'],
  ])('ends when the source %s', async (_, next, because) => {
    const key = `C-4-${because}`;
    await deliver(line(key, two, '2026-02-01', 50));
    const id = await inForce(key, { staff: 500 });
    await deliver(next.replace('K', key));
    expect(await get(id)).toMatchObject({ status: 'ENDED', endedBecause: because, endedByVersion: 2 });
    expect((await shown(key))?.corrected ?? false).toBe(false);
  });

  it('is refused when the source has spoken in between', async () => {
    await deliver(line('C-5', one, '2026-02-01', 50));
    const { id } = (await propose('C-5', { staff: 500 })).body as Correction;
    await deliver(line('C-5', one, '2026-02-02', 70));
    expect(await decide(id, true)).toMatchObject({ status: 409, body: { code: 'INGESTION.RECORD_CHANGED' } });
    expect(await decide(id, false)).toMatchObject({ status: 200, body: { status: 'REJECTED' } });
    expect(await propose('C-5', { staff: 500 })).toMatchObject({ body: { code: 'INGESTION.RECORD_CHANGED' } });
  });

  it('obeys the contract: no unknown field, no empty required one, no value out of bounds, nothing that is so already', async () => {
    await deliver(line('C-6', one, '2026-02-01', 50));
    const refused = await propose('C-6', { staff: -1, year: null, rd_staff: 10, colour: '绿' });
    const pointers = (refused.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(refused.status).toBe(422);
    expect(pointers.toSorted()).toEqual(['/fields/colour', '/fields/rd_staff', '/fields/staff', '/fields/year']);
  });

  it('is one at a time', async () => {
    await deliver(line('C-7', one, '2026-02-01', 50));
    const answers = await Promise.all([propose('C-7', { staff: 1 }), propose('C-7', { staff: 2 }, { by: colleague })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('is no business of other sources, and an operator acts on the enterprise’s request', async () => {
    await deliver(line('C-8', one, '2026-02-01', 50));
    const stranger = await city.as('source', { code: 'TAX' });
    expect((await propose('C-8', { staff: 5 }, { by: stranger })).status).toBe(403);
    const made = await propose('C-8', { staff: 5 }, { by: city.operator });
    expect(made).toMatchObject({ status: 201, body: { basis: 'ENTERPRISE_REQUEST' } });
    const { id } = made.body as Correction;
    expect((await stranger.get(`/api/ingestion/corrections/${id}`)).status).toBe(404);
    expect((await decide(id, true, stranger)).status).toBe(404);
    expect((await decide(id, true, officer)).status).toBe(200);
    expect((await stranger.get('/api/ingestion/corrections')).body).toEqual({ items: [], nextCursor: null });
  });
});
