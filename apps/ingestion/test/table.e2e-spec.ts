import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';

import { PullJob } from '../src/pull/pull.job.js';
import { type ForeignTable, openForeignMysql, openForeignPostgres } from './foreign-table.js';
import { type Ingestion, startIngestion } from './ingest.js';

const feed = 'tech.staff';
const declaration = (driver: string) => `
connector: personnel
kind: TABLE
driver: ${driver}
url: { setting: PERSONNEL_URL }
feeds: [${feed}]
schedule: { everyMinutes: 30 }
chunkRows: 3
timeoutSeconds: 10
settleSeconds: 0
tables:
  - feed: ${feed}
    table: staff_view
    watermark: { column: changed_at, type: TIMESTAMP }
    key: { column: id, type: NUMBER }
    withdrawn: gone
    columns: { record_key: id, uscc: code, event_date: day, report_date: changed_at, year: year, staff: staff, rd_staff: rd }
`;

/** A real MySQL or MariaDB is named by MYSQL_TEST_URL; PostgreSQL is at hand. */
const mysqlUrl = process.env['MYSQL_TEST_URL'];
const databases = [
  ['POSTGRES', () => openForeignPostgres(process.env['TEST_SERVER_URL']!)],
  ...(mysqlUrl ? [['MYSQL', () => openForeignMysql(mysqlUrl)]] : []),
] as [string, () => Promise<ForeignTable>][];

describe.each(databases)('a table of a source’s own %s', (driver, open) => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-tables-'));
  let city: Ingestion;
  let table: ForeignTable | undefined;
  beforeAll(async () => {
    writeFileSync(join(folder, 'a.yaml'), declaration(driver));
    process.env['CONNECTORS_DIR'] = folder;
    city = await startIngestion();
    table = await open();
    process.env['PERSONNEL_URL'] = table.readerUrl;
  }, 120_000);
  afterAll(async () => {
    await table?.close();
    await city.stop();
    for (const name of ['CONNECTORS_DIR', 'PERSONNEL_URL']) delete process.env[name];
    rmSync(folder, { recursive: true });
  });

  /** How many rows came of a visit. */
  const pull = async (): Promise<number> => {
    const before = await rowsRead();
    await city.app.get(PullJob).run(feed);
    await city.settle();
    return (await rowsRead()) - before;
  };
  const rowsRead = async () =>
    (await city.db.query<{ n: number }>('select coalesce(sum(read), 0)::int as n from ingestion.batch'))[0]!.n;
  const live = () =>
    city.db.query(
      `select record_key as key, (fields ->> 'staff')::int as staff from ingestion_api.record_v1 where feed = $1
       order by length(record_key), record_key`,
      [feed],
    );
  const row = (id: number, changed: Partial<{ at: string; staff: number; gone: boolean }> = {}) => ({
    id,
    code: makeUscc('320505', id),
    at: '2026-11-02 10:00:00.123456',
    staff: id * 10,
    gone: false,
    ...changed,
  });

  it('is read to its end in chunks, though many rows have one instant', async () => {
    for (let id = 1; id <= 8; id += 1) await table!.put(row(id));
    expect(await pull()).toBe(8);
    expect(await live()).toEqual(Array.from({ length: 8 }, (_, at) => ({ key: String(at + 1), staff: (at + 1) * 10 })));
    expect(await pull()).toBe(0);
  });

  it('gives what was changed, added and withdrawn since, and nothing else', async () => {
    await table!.put(row(2, { at: '2026-11-03 09:00:00.000001', staff: 77 }));
    await table!.put(row(9, { at: '2026-11-03 09:00:00.000001' }));
    await table!.put(row(1, { at: '2026-11-03 09:00:00.000002', gone: true }));
    expect(await pull()).toBe(3);
    const now = await live();
    expect(now).toHaveLength(8);
    expect(now).toContainEqual({ key: '2', staff: 77 });
    expect(now).toContainEqual({ key: '9', staff: 90 });
    expect(now).not.toContainEqual(expect.objectContaining({ key: '1' }));
  });

  it('tells of rows that can never be read and of rights that nobody needs, and cannot write', async () => {
    await table!.put(row(10, { at: null as never }));
    await pull();
    const [visit] = await city.db.query<{ problem: string }>('select problem from ingestion.connector_visit');
    expect(visit!.problem).toContain('1 rows have no watermark');
    expect(visit!.problem).not.toContain('may also write');
    expect(await live()).toHaveLength(8);
  });

  it('that is away is asked later, and nothing is lost of what comes meanwhile', async () => {
    process.env['PERSONNEL_URL'] = table!.readerUrl.replace(/:\d+\//, ':1/');
    await expect(city.app.get(PullJob).run(feed)).rejects.toMatchObject({ code: 'INGESTION.PULL_FAILED' });
    await table!.put(row(11, { at: '2026-11-04 09:00:00' }));
    process.env['PERSONNEL_URL'] = table!.readerUrl;
    expect(await pull()).toBe(1);
    expect(await live()).toContainEqual({ key: '11', staff: 110 });
  });
});
