import { randomUUID } from 'node:crypto';

import { makeUscc, uuidv7 } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { MendingJob } from '../src/workbench/mending.job.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const two = makeUscc('320506', 2);
const staff = (key: string, day: string, count: number) => `${key},${one},2026-01-31,${day},U,2025,${count},0`;

describe('where a value comes from and where it went', () => {
  let city: Ingestion;
  let own: TestClient;
  let stranger: TestClient;
  let science: TestClient;
  let tax: TestClient;
  const queryId = randomUUID();
  const scores: string[] = [];
  beforeAll(async () => {
    city = await startIngestion();
    own = await city.as('enterprise', { uscc: one });
    stranger = await city.as('enterprise', { uscc: two });
    science = await city.as('source', { code: 'SCIENCE' });
    tax = await city.as('source', { code: 'TAX' });
    await city.deliver(
      'tech.staff',
      [staffHeader, staff('L-1', '2026-02-01', 5), staff('L-2', '2026-02-01', 6)].join('\n'),
      {
        reference: 'first',
      },
    );
    await city.deliver('tech.staff', [staffHeader, staff('L-1', '2026-02-02', 7)].join('\n'), { reference: 'second' });
    await aScore(1);
    await aScore(2);
    await aReport();
  });
  afterAll(() => city.stop());

  /** As profiling keeps it: inputs with the record that each rests on. */
  async function aScore(version: number): Promise<void> {
    city.clock.advance(1_000);
    const id = uuidv7(city.clock.now());
    scores.push(id);
    const rests = { source: 'tech.staff', recordKey: 'L-1', recordVersion: version };
    const inputs = {
      indicators: [
        { code: 'RD_STAFF', ...rests },
        { code: 'OVERDUE', source: 'finance.loan', recordKey: null, recordVersion: null },
      ],
      figures: [{ name: 'staff', ...rests }],
    };
    await city.db.query(
      `insert into profiling.score (uscc, id, as_of, scored_at, model_version, inputs, input_hash, output_hash)
       values ($1, $2, '2026-11-23', $3, '1', $4, '', '')`,
      [one, id, city.clock.now(), JSON.stringify(inputs)],
    );
  }

  /** As credit keeps the answer to a query. */
  async function aReport(): Promise<void> {
    const items = [
      { feed: 'tech.staff', recordKey: 'L-1', version: 2 },
      { feed: 'tech.staff', recordKey: 'L-2', version: 1 },
      { feed: 'finance.loan', recordKey: '***', version: 1 },
    ];
    await city.db.query(
      `insert into credit.query_answer (person_id, key, fingerprint, query_id, uscc, at, answer)
       values ($1, 'k', '', $2, $3, $4, $5)`,
      [
        randomUUID(),
        queryId,
        one,
        city.clock.now(),
        JSON.stringify({ report: { sections: [{ code: 'TECH', items }] } }),
      ],
    );
  }

  const ask = async (path: string, by = city.operator) => by.get(`/api/ingestion/lineage/${path}`);
  const items = async (path: string, by = city.operator) =>
    ((await ask(path, by)).body as { items: Record<string, unknown>[]; nextCursor: string | null }).items;

  it('leads from a score to records, rows, files, deliveries and the source', async () => {
    const rests = await items(`score?uscc=${one}&code=RD_STAFF`, own);
    expect(rests).toMatchObject([
      {
        kind: 'INDICATOR',
        zh: '科技人员数',
        en: 'research staff',
        id: scores[1],
        feed: 'tech.staff',
        feedTitle: '科技人员',
        recordKey: 'L-1',
        version: 2,
        batchReference: 'second',
      },
    ]);
    expect(await items(`score?uscc=${one}&scoreId=${scores[0]}`)).toMatchObject([
      { kind: 'FIGURE', code: 'staff', version: 1 },
      { kind: 'INDICATOR', code: 'RD_STAFF', version: 1, batchReference: 'first', lineNumber: 2 },
    ]);
    const origin = await ask('record?feed=tech.staff&recordKey=L-1&version=1', own);
    expect(origin.body).toMatchObject({
      version: 1,
      feedTitle: '科技人员',
      inForce: false,
      lineNumber: 2,
      file: { form: 'CSV', charset: 'utf-8', kept: true },
      batch: {
        reference: 'first',
        origin: 'UPLOAD',
        contractVersion: '1',
        deliveredBy: city.operator.person!.personId,
      },
      source: { code: 'SCIENCE' },
      mendedFrom: null,
    });
  });

  it('leads from a delivery, and from one row of it, to the records that they brought', async () => {
    const list = await city.operator.get('/api/ingestion/batches?feed=tech.staff');
    const batches = (list.body as { items: { id: string; reference: string }[] }).items;
    const first = batches.find(({ reference }) => reference === 'first')!.id;
    expect(await items(`batches/${first}`)).toEqual([
      { lineNumber: 2, recordKey: 'L-1', version: 1, op: 'U', inForce: false },
      { lineNumber: 3, recordKey: 'L-2', version: 1, op: 'U', inForce: true },
    ]);
    expect(await items(`batches/${first}?line=3`, science)).toMatchObject([{ recordKey: 'L-2' }]);
    const page = (await ask(`batches/${first}?limit=1`)).body as { nextCursor: string };
    expect(await items(`batches/${first}?cursor=${page.nextCursor}`)).toMatchObject([{ lineNumber: 3 }]);
    expect((await ask(`batches/${first}`, tax)).status).toBe(404);
    expect((await ask(`batches/${first}`, own)).status).toBe(403);
  });

  it('leads from a line of a report to its record, and not where the report was masked', async () => {
    expect(await items(`reports/${queryId}`, own)).toMatchObject([
      { code: 'TECH', recordKey: 'L-1', version: 2, batchReference: 'second' },
      { recordKey: 'L-2', version: 1, batchReference: 'first', lineNumber: 3 },
      { recordKey: '***', batchId: null },
    ]);
    expect((await ask(`reports/${queryId}`, stranger)).status).toBe(404);
    expect((await ask(`reports/${randomUUID()}`)).status).toBe(404);
  });

  it('leads from a record forward to everything that rests on it, page by page', async () => {
    const all = await items('uses?feed=tech.staff&recordKey=L-1');
    expect(all).toHaveLength(5);
    const paged: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await ask(`uses?feed=tech.staff&recordKey=L-1&limit=2${cursor}`);
      const page = body as { items: object[]; nextCursor: string | null };
      paged.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(paged).toEqual(all);
    expect(await items('uses?feed=tech.staff&recordKey=L-1&version=1')).toMatchObject([
      { kind: 'FIGURE', id: scores[0] },
      { kind: 'INDICATOR', id: scores[0], code: 'RD_STAFF' },
    ]);
    expect(await items('uses?feed=tech.staff&recordKey=L-2', own)).toMatchObject([
      { kind: 'REPORT_LINE', id: queryId },
    ]);
  });

  it('shows the row that a mended one was made of', async () => {
    const batch = await city.deliver('tech.staff', [staffHeader, staff('L-3', '2026-02-01', -1)].join('\n'));
    const rows = [{ batchId: batch.id, lineNumber: 2, cells: { staff: '1' } }];
    await city.operator.post('/api/ingestion/quarantine/resubmissions', { rows, reason: '核实' });
    await city.app.get(MendingJob).run();
    await city.settle();
    expect((await ask('record?feed=tech.staff&recordKey=L-3')).body).toMatchObject({
      inForce: true,
      batch: { origin: 'WORKBENCH' },
      mendedFrom: { batchId: batch.id, lineNumber: 2 },
    });
  });

  it('is shown of one’s own, and an operator’s look is on the record', async () => {
    expect((await ask('record?feed=tech.staff&recordKey=L-1', stranger)).status).toBe(404);
    expect((await ask(`score?uscc=${one}`, stranger)).status).toBe(404);
    expect((await ask('uses?feed=tech.staff&recordKey=none')).status).toBe(404);
    expect((await ask('record?feed=tech.staff&recordKey=L-1', tax)).status).toBe(403);
    expect((await ask('uses?feed=tech.staff&recordKey=L-1', science)).status).toBe(200);
    const [{ count }] = (await city.db.query(
      `select count(*)::int from ingestion_api.read_v1 where act = 'LINEAGE' and uscc = $1`,
      [one],
    )) as [{ count: number }];
    expect(count).toBeGreaterThan(0);
  });
});
