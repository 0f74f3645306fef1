import fc from 'fast-check';

import { codes, deliveries, Reference, row, type Row, type Shown } from './feed-reference.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const byText = (a: string, b: string): number => (a < b ? -1 : 1);
describe('what rows do and how they are counted', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ PART_ROWS_MAX: '3' });
  });
  afterAll(() => city.stop());

  const text = (rows: Row[], prefix: string) =>
    [
      staffHeader,
      ...rows.map(
        ({ key, uscc, event, report, op, staff }) => `${prefix}${key},${uscc},${event},${report},${op},2025,${staff},0`,
      ),
    ].join('\n');

  async function shown(prefix: string): Promise<Record<string, Shown>> {
    const rows = await city.db.query<Shown & { key: string }>(
      `select substr(record_key, $2) as key, uscc, version, report_date::text as report,
              uscc || ' ' || event_date || ' ' || (fields->>'staff') as content
       from ingestion_api.record_v1 where record_key like $1 || '%'`,
      [prefix, prefix.length + 1],
    );
    return Object.fromEntries(rows.map(({ key, ...rest }) => [key, rest]));
  }

  it('agrees with the written rules for any files, in any order, split and repeated', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(deliveries, async (files) => {
        run += 1;
        const [prefix, reference] = [`${run}-`, new Reference()];
        for (const rows of files) {
          const expected = reference.deliver(rows);
          expect(await city.deliver('tech.staff', text(rows, prefix))).toMatchObject({ status: 'DONE', ...expected });
        }
        expect(await shown(prefix)).toEqual(reference.shown());
        const [versions] = await city.db.query<{ count: number }>(
          `select count(*)::int from ingestion_api.record_version_v1 where record_key like $1 || '%'`,
          [prefix],
        );
        expect(versions?.count).toBe(reference.versions);
      }),
      { numRuns: 50 },
    );
  }, 240_000);

  it('makes neither version nor event of a file that comes a second time', async () => {
    const state = () =>
      city.db.query(
        `select (select count(*) from ingestion.record) as versions, (select count(*) from ingestion.outbox) as events,
                (select count(*) from ingestion.stale_record) as stale`,
      );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 15 }), async (rows) => {
        run += 1;
        const content = text(rows, `again-${run}-`);
        await city.deliver('tech.staff', content);
        const before = await state();
        expect((await city.deliver('tech.staff', content)).accepted).toBe(0);
        expect((await state()).map(({ versions, events }) => [versions, events])).toEqual(
          before.map(({ versions, events }) => [versions, events]),
        );
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it('tells both enterprises of a move, and hides and shows a withdrawn record', async () => {
    const line = (uscc: string, report: string, op: string) => `M-1,${uscc},2026-01-01,${report},${op},2025,5,1`;
    const file = (...lines: string[]) => [staffHeader, ...lines].join('\n');
    const where = () => city.db.query(`select uscc, version from ingestion_api.record_v1 where record_key = 'M-1'`);
    const heard = async (id: string) =>
      (await city.db.query<{ key: string }>(`select key from ingestion.outbox where data->>'batchId' = $1`, [id]))
        .map(({ key }) => key)
        .toSorted(byText);
    await city.deliver('tech.staff', file(line(codes[0]!, '2026-02-01', 'I')));
    const moved = await city.deliver('tech.staff', file(line(codes[1]!, '2026-02-02', 'U')));
    expect(await where()).toEqual([{ uscc: codes[1], version: 2 }]);
    expect(await heard(moved.id)).toEqual([codes[0]!, codes[1]!].toSorted(byText));
    const hidden = await city.deliver('tech.staff', file(line(codes[1]!, '2026-02-02', 'D')));
    expect(hidden).toMatchObject({ accepted: 1 });
    expect(await where()).toEqual([]);
    expect(await city.deliver('tech.staff', file(line(codes[1]!, '2026-02-03', 'D')))).toMatchObject({ unchanged: 1 });
    expect(await city.deliver('tech.staff', file(line(codes[1]!, '2026-02-02', 'U')))).toMatchObject({ stale: 1 });
    await city.deliver('tech.staff', file(line(codes[1]!, '2026-02-03', 'U')));
    expect(await where()).toEqual([{ uscc: codes[1], version: 4 }]);
  });
});
