import { makeUscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const two = makeUscc('320506', 2);
const hourMs = 3_600_000;
const line = (key: string, uscc: string, day: string, staff: number, op = 'U') =>
  `${key},${uscc},2026-01-31,${day},${op},2025,${staff},10`;
const penaltyHeader =
  '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,决定文书号,违法行为类型,处罚类别,罚款金额(万元),决定日期,公示截止期,处罚机关';

interface Shown {
  recordKey: string;
  version: number;
  fields: Record<string, unknown>;
  rawFields: object | null;
  masked: string[];
  visible: boolean;
  publicUntil: string | null;
}

describe('records as they were known', () => {
  let city: Ingestion;
  let own: TestClient;
  let officer: TestClient;
  beforeAll(async () => {
    city = await startIngestion();
    own = await city.as('enterprise', { uscc: one });
  });
  afterAll(() => city.stop());

  const later = (): string => {
    const at = city.clock.now().toISOString();
    city.clock.advance(hourMs);
    return at;
  };
  const deliver = (...lines: string[]) => city.deliver('tech.staff', [staffHeader, ...lines].join('\n'));
  async function known(uscc: string, asOf?: string, by = city.operator): Promise<Record<string, unknown>> {
    const at = asOf === undefined ? '' : `&asOf=${encodeURIComponent(asOf)}`;
    const answer = await by.get(`/api/ingestion/records?uscc=${uscc}&feed=tech.staff${at}`);
    const { items } = answer.body as { items: Shown[] };
    return Object.fromEntries(items.map(({ recordKey, version, fields }) => [recordKey, [version, fields['staff']]]));
  }

  it('are shown for any instant: before, between, corrected, moved, withdrawn and back', async () => {
    const before = later();
    await deliver(line('T-1', one, '2026-02-01', 1));
    const first = later();
    await deliver(line('T-1', one, '2026-02-02', 2));
    const second = later();
    officer = await city.as('source', { code: 'SCIENCE' });
    const colleague = await city.as('source', { colleagueOf: officer.person! });
    const text = { reason: '误填', document: '函1号' };
    const wish = { feed: 'tech.staff', recordKey: 'T-1', version: 2, fields: { staff: 20 }, ...text };
    const { id } = (await officer.post('/api/ingestion/corrections', wish)).body as { id: string };
    await colleague.post(`/api/ingestion/corrections/${id}/decision`, { approve: true });
    const corrected = later();
    await deliver(line('T-1', two, '2026-02-03', 3));
    const moved = later();
    await deliver(line('T-1', two, '2026-02-04', 3, 'D'));
    const gone = later();
    await deliver(line('T-1', one, '2026-02-05', 5));
    const seen = async (at: string) => [await known(one, at), await known(two, at)];
    expect(await seen(before)).toEqual([{}, {}]);
    expect(await seen(first)).toEqual([{ 'T-1': [1, 1] }, {}]);
    expect(await seen(second)).toEqual([{ 'T-1': [2, 2] }, {}]);
    expect(await seen(corrected)).toEqual([{ 'T-1': [2, 20] }, {}]);
    expect(await seen(moved)).toEqual([{}, { 'T-1': [3, 3] }]);
    expect(await seen(gone)).toEqual([{}, {}]);
    expect([await known(one), await known(two)]).toEqual([{ 'T-1': [5, 5] }, {}]);
    const versions = await city.operator.get('/api/ingestion/records/versions?feed=tech.staff&recordKey=T-1');
    expect((versions.body as { items: object[] }).items).toMatchObject([
      { version: 5, uscc: one, op: 'U', inForce: true, batchOrigin: 'UPLOAD' },
      { version: 4, uscc: two, op: 'D', inForce: false },
      { version: 3, uscc: two },
      { version: 2, uscc: one, fields: { staff: 2 } },
      { version: 1, uscc: one },
    ]);
    expect((versions.body as { columns: object[] }).columns).toContainEqual({
      name: 'staff',
      header: '职工总数',
      type: 'integer',
    });
    const mine = await own.get('/api/ingestion/records/versions?feed=tech.staff&recordKey=T-1');
    expect((mine.body as { items: Shown[] }).items.map(({ version }) => version)).toEqual([5, 2, 1]);
  });

  it('leave nothing behind at an enterprise that one file moved them through', async () => {
    const three = makeUscc('320507', 3);
    const holders = async (key: string) => {
      const found = await Promise.all([one, two, three].map((uscc) => known(uscc)));
      return found.map((records) => key in records);
    };
    const versions = async (key: string) => {
      const { body } = await city.operator.get(`/api/ingestion/records/versions?feed=tech.staff&recordKey=${key}`);
      return (body as { items: { version: number; uscc: string }[] }).items.map(({ uscc }) => uscc);
    };
    // Brought and moved in one file.
    await deliver(line('V-1', one, '2026-02-01', 1, 'I'), line('V-1', two, '2026-02-02', 1));
    expect([await holders('V-1'), await versions('V-1')]).toEqual([
      [false, true, false],
      [two, one],
    ]);
    // Moved on, and moved away and back.
    await deliver(line('V-1', three, '2026-02-03', 1), line('V-1', one, '2026-02-04', 1));
    expect([await holders('V-1'), await versions('V-1')]).toEqual([
      [true, false, false],
      [one, three, two, one],
    ]);
    await deliver(line('V-1', two, '2026-02-05', 2), line('V-1', one, '2026-02-06', 2));
    expect([await holders('V-1'), (await versions('V-1')).slice(0, 2)]).toEqual([
      [true, false, false],
      [one, two],
    ]);
  });

  it('come in pages', async () => {
    await deliver(...[1, 2, 3, 4, 5].map((n) => line(`P-${n}`, two, '2026-02-01', n)));
    const keys: string[] = [];
    let cursor = '';
    do {
      const { body } = await city.operator.get(`/api/ingestion/records?uscc=${two}&limit=2${cursor}`);
      const page = body as { items: Shown[]; nextCursor: string | null };
      keys.push(...page.items.map(({ recordKey }) => recordKey));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(keys).toEqual(['P-1', 'P-2', 'P-3', 'P-4', 'P-5']);
  });

  it('are shown to a source of its own feeds, to an enterprise of itself, to nobody else', async () => {
    const tax = await city.as('source', { code: 'TAX' });
    const stranger = await city.as('enterprise', { uscc: two });
    const bank = await city.as('account-manager');
    expect(await known(one, undefined, officer)).toHaveProperty('T-1');
    expect((await tax.get(`/api/ingestion/records?uscc=${one}&feed=tech.staff`)).status).toBe(403);
    expect((await tax.get(`/api/ingestion/records?uscc=${one}`)).body).toMatchObject({ items: [] });
    expect(await known(one, undefined, own)).toHaveProperty('T-1');
    expect((await stranger.get(`/api/ingestion/records?uscc=${one}`)).status).toBe(404);
    expect((await stranger.get('/api/ingestion/records/versions?feed=tech.staff&recordKey=T-9')).status).toBe(404);
    expect((await bank.get(`/api/ingestion/records?uscc=${one}`)).status).toBe(403);
    const pending = await city.as('enterprise', { uscc: makeUscc('320507', 9), status: 'PENDING' });
    expect((await pending.get(`/api/ingestion/records?uscc=${pending.person!.uscc}`)).status).toBe(403);
  });

  it('that are public no longer are shown to the enterprise without what they say', async () => {
    const penalty = (key: string, until: string) =>
      `${key},${one},2025-05-01,2025-05-02,I,文号${key},违法,罚款,1,2025-05-01,${until},市监局`;
    await city.deliver(
      'penalty.decision',
      [penaltyHeader, penalty('A', '2026-11-22'), penalty('B', '2026-11-23')].join('\n'),
    );
    const read = async (by: TestClient) =>
      ((await by.get(`/api/ingestion/records?uscc=${one}&feed=penalty.decision`)).body as { items: Shown[] }).items;
    expect(await read(own)).toMatchObject([
      { recordKey: 'A', visible: false, publicUntil: '2026-11-22', fields: { document: '***' } },
      { recordKey: 'B', visible: true, publicUntil: '2026-11-23', fields: { document: '文号B' }, masked: [] },
    ]);
    expect(await read(city.operator)).toMatchObject([{ fields: { document: '文号A' } }, { masked: [] }]);
  });

  it('leave a trace when an operator looked', async () => {
    await known(one);
    const [last] = await city.db.query(
      'select uscc, act, purpose, person_id from ingestion_api.read_v1 order by id desc limit 1',
    );
    expect(last).toEqual({
      uscc: one,
      act: 'RECORDS',
      purpose: 'OPERATOR_DUTY',
      person_id: city.operator.person!.personId,
    });
  });

  it('are asked for by an instant that a clock can read, and on a day from its midnight in Suzhou on', async () => {
    const ask = (at: string) => city.operator.get(`/api/ingestion/records?uscc=${one}&asOf=${encodeURIComponent(at)}`);
    for (const at of [
      '2026-11-23',
      '2026-W10-1T08:00:00Z',
      '2026-060T08:00:00Z',
      '2026-03-01T08,5Z',
      '2026-02-30T08:00:00Z',
    ])
      expect([at, (await ask(at)).status]).toEqual([at, 422]);
    city.clock.set(new Date('2026-12-01T16:00:00Z'));
    await deliver(line('D-1', one, '2026-12-01', 7));
    const at = async (text: string) => (await known(one, text))['D-1'];
    expect([await at('2026-12-01T23:59:59.999+08:00'), await at('2026-12-02T00:00:00+08:00')]).toEqual([
      undefined,
      [1, 7],
    ]);
    expect(await at('2026-12-01T11:00:00-05:00')).toEqual([1, 7]);
  });
});
