import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { makeUscc } from '@app/kernel';

import { bookOf, textRow } from './form-files.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A third of the keys comes twice, some rows are bad, some withdraw. */
function fileOf(prefix: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const key = at % 3 === 2 ? at - 2 : at;
    const day = `2026-02-${String(1 + (at % 20)).padStart(2, '0')}`;
    const uscc = at % 97 === 0 ? 'SHORT' : makeUscc('320505', at % 50);
    const count = at % 89 === 0 ? -1 : at;
    return `${prefix}${key},${uscc},2026-01-31,${day},${at % 41 === 0 ? 'D' : 'I'},2025,${count},1`;
  });
  return [staffHeader, ...lines].join('\n');
}

const countsOf = ({ read, accepted, unchanged, stale, quarantined, refused }: Counts) => ({
  read,
  accepted,
  unchanged,
  stale,
  quarantined,
  refused,
});

describe('a process that is killed in the middle of a batch', () => {
  let city: Ingestion;
  beforeAll(async () => {
    // This process only takes the delivery; the children do the work.
    city = await startIngestion({ PART_ROWS_MAX: '40', INGESTION_WORKER: '0' });
  });
  afterAll(async () => {
    delete process.env['INGESTION_WORKER'];
    await city.stop();
  });

  const partsOf = async (id: string): Promise<number> =>
    (
      await city.db.query<{ parts: number }>('select count(*)::int as parts from ingestion.part where batch_id = $1', [
        id,
      ])
    )[0]!.parts;

  const stateOf = async (id: string): Promise<Counts> =>
    (await city.operator.get(`/api/ingestion/batches/${id}`)).body as Counts;

  /** Starts a worker, kills it with -9 once `until` says so. */
  async function work(until: () => Promise<boolean>): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--import', here('../../../test/support/run-ts.mjs'), here('crash-child.ts')],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, INGESTION_WORKER: '1' } },
    );
    const gone = once(child, 'exit');
    while (!(await until())) {
      if (child.exitCode !== null) throw new Error(`the worker ended by itself: ${child.exitCode}`);
      await pause(5);
    }
    child.kill('SIGKILL');
    await gone;
  }

  const checksum = (prefix: string) =>
    city.db.query(
      `select md5(string_agg(concat_ws(' ', substr(record_key, 3), uscc, version, op, event_date, report_date, fields, line_number), E'\\n'
                order by record_key, version)) as versions,
              (select md5(string_agg(concat_ws(' ', substr(record_key, 3), uscc, version, report_date, withdrawn, hash), E'\\n' order by record_key))
               from ingestion.record_head where record_key like $1 || '%') as heads,
              (select count(*) from ingestion.stale_record where record_key like $1 || '%') as stale
       from ingestion.record where record_key like $1 || '%'`,
      [prefix],
    );

  const bookFrom = (file: string) =>
    bookOf({
      sheets: [
        [
          'S',
          file
            .split('\n')
            .map((line, at) => textRow(at + 1, line.split(',')))
            .join(''),
        ],
      ],
    });
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

  it.each([
    ['a CSV file', 'text/csv', 6_000, (file: string) => file],
    ['a workbook', xlsx, 2_400, bookFrom],
  ])(
    'loses and doubles no row of %s: another one goes on from the last part to the same end',
    async (_what, type, rows, form) => {
      await city.db.query('truncate ingestion.record, ingestion.record_head, ingestion.stale_record');
      const clean = await city.post('tech.staff', await form(fileOf('a-', rows)), { type });
      const cleanId = (clean.body as Counts).id;
      await work(async () => (await stateOf(cleanId)).status === 'DONE');
      const killed = await city.post('tech.staff', await form(fileOf('b-', rows)), { type });
      const id = (killed.body as Counts).id;
      // Early, in the first lane; later, in the lane of repeated keys; then to the end.
      for (const parts of [20, 60, 115].map((at) => (at * rows) / 6_000))
        await work(async () => (await partsOf(id)) >= parts);
      expect((await stateOf(id)).status).toBe('RUNNING');
      await work(async () => (await stateOf(id)).status === 'DONE');
      const [counts, cleanCounts] = [countsOf(await stateOf(id)), countsOf(await stateOf(cleanId))];
      expect(counts).toEqual(cleanCounts);
      expect(counts.read).toBe(rows);
      expect(counts.accepted + counts.unchanged + counts.stale + counts.quarantined + counts.refused).toBe(rows);
      expect(await checksum('b-')).toEqual(await checksum('a-'));
    },
    120_000,
  );

  it('tells of every record once, in a rebuild that dies on its way', async () => {
    const bulk = Array.from(
      { length: 150 },
      (_, at) => `r-${at},${makeUscc('320505', at)},2026-01-31,2026-02-01,I,2025,${at},1`,
    );
    await city.db.query('truncate ingestion.record, ingestion.record_head, ingestion.stale_record');
    const { id: batchId } = (await city.post('tech.staff', [staffHeader, ...bulk].join('\n'))).body as Counts;
    const wish = { kind: 'REBUILD', feed: 'tech.staff', reason: '下游重算', perSecond: 40 };
    const { id } = (await city.operator.post('/api/ingestion/operation/runs', wish)).body as Counts;
    const path = `/api/ingestion/operation/runs/${id}`;
    const run = async () => (await city.operator.get(path)).body as { state: string; progress: { done: number } };
    await work(async () => (await stateOf(batchId)).status === 'DONE');
    expect((await (await city.as('operator')).post(`${path}/decision`, { approve: true })).status).toBe(200);
    await work(async () => (await run()).progress.done >= 40);
    expect((await run()).state).toBe('RUNNING');
    await work(async () => (await run()).state === 'DONE');
    // A relay that dies tells twice: the event's id says so to whoever hears it.
    const [told] = await city.db.query(
      `select count(*)::int as events, sum(records)::int as records, count(distinct uscc)::int as enterprises
       from (
         select event ->> 'id' as id, event -> 'data' ->> 'uscc' as uscc, (event -> 'data' ->> 'records')::int as records
         from bus.message where topic = 'ingestion.records.retold.v1'
         union
         select event_id::text, data ->> 'uscc', (data ->> 'records')::int
         from ingestion.outbox where topic = 'ingestion.records.retold.v1'
       ) e`,
    );
    expect(told).toEqual({ events: 150, records: 150, enterprises: 150 });
  }, 120_000);
});
