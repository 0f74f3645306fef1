import { makeUscc } from '@app/kernel';
import fc from 'fast-check';

import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

interface Row {
  key: string;
  uscc: string;
  event: string;
  report: string;
  op: string;
  staff: number;
}

interface Shown {
  uscc: string;
  version: number;
  report: string;
  content: string;
}

/** The sentences of the feeds page once more, in the simplest form that can be written; no part of the service is used. */
class Reference {
  readonly heads = new Map<string, Shown & { withdrawn: boolean }>();
  readonly stale = new Set<string>();
  private readonly known = new Set<string>();
  versions = 0;

  deliver(rows: Row[]): Pick<Counts, 'read' | 'accepted' | 'unchanged' | 'stale' | 'quarantined' | 'refused'> {
    const counts = { read: rows.length, accepted: 0, unchanged: 0, stale: 0, quarantined: 0, refused: 0 };
    const good = rows.filter((row) => {
      if (row.uscc.length !== 18) counts.refused += 1;
      else if (row.staff < 0) counts.quarantined += 1;
      else return true;
      return false;
    });
    const last = good.filter(
      (row, place) => !good.slice(place + 1).some((later) => later.key === row.key && later.report === row.report),
    );
    for (const row of good.filter((one) => !last.includes(one))) {
      counts.stale += 1;
      this.known.add(row.key);
    }
    for (const row of last.toSorted((a, b) => (a.report < b.report ? -1 : 1))) counts[this.apply(row)] += 1;
    return counts;
  }

  private apply(row: Row): 'accepted' | 'unchanged' | 'stale' | 'quarantined' {
    const head = this.heads.get(row.key);
    if (!head && row.op === 'D' && !this.known.has(row.key)) return 'quarantined';
    if (head && row.report < head.report) return 'stale';
    const content = `${row.uscc} ${row.event} ${row.staff}`;
    if (head && this.isSame(row, head, content)) {
      head.report = row.report;
      return 'unchanged';
    }
    const version = (head?.version ?? 0) + 1;
    this.versions += 1;
    this.heads.set(row.key, { uscc: row.uscc, version, report: row.report, content, withdrawn: row.op === 'D' });
    return 'accepted';
  }

  private isSame(row: Row, head: Shown & { withdrawn: boolean }, content: string): boolean {
    return row.op === 'D' ? head.withdrawn : !head.withdrawn && head.content === content;
  }

  shown(): Record<string, Shown> {
    const live = [...this.heads].filter(([, { withdrawn }]) => !withdrawn);
    return Object.fromEntries(
      live.map(([key, { uscc, version, report, content }]) => [key, { uscc, version, report, content }]),
    );
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);
const codes = [makeUscc('320505', 1), makeUscc('320506', 2), makeUscc('320507', 3)];
const row = fc.record<Row>({
  key: fc.constantFrom('K1', 'K2', 'K3', 'K4', 'K5'),
  uscc: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...codes) }, { weight: 1, arbitrary: fc.constant('SHORT') }),
  event: fc.constantFrom('2026-01-01', '2026-01-02'),
  report: fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04'),
  op: fc.constantFrom('I', 'U', 'U', 'D'),
  staff: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1, 2) }, { weight: 1, arbitrary: fc.constant(-1) }),
});
/** Files of random rows, some delivered a second time later on. */
const deliveries = fc
  .array(fc.array(row, { maxLength: 12 }), { minLength: 1, maxLength: 4 })
  .chain((files) =>
    fc.array(fc.nat(files.length - 1), { minLength: 1, maxLength: 6 }).map((order) => order.map((at) => files[at]!)),
  );

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
