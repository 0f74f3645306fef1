import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import iconv from 'iconv-lite';

import { deliveries, Reference, type Row, type Shown } from './feed-reference.js';
import { bookOf, textRow, zipOf } from './form-files.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const header = staffHeader.split(',');
const fields = ['record_key', 'uscc', 'event_date', 'report_date', 'op', 'year', 'staff', 'rd_staff'];

interface Sent {
  type: string;
  content: Buffer;
  gzip?: boolean;
}

const cellsOf = ({ key, uscc, event, report, op, staff }: Row, prefix: string): string[] => [
  `${prefix}${key}`,
  uscc,
  event,
  report,
  op,
  '2025',
  String(staff),
  '0',
];

const csvOf = (rows: string[][]) => [staffHeader, ...rows.map((row) => row.join(','))].join('\r\n');
const xmlOf = (rows: string[][]) =>
  `<?xml version="1.0" encoding="GBK"?><rows>${rows
    .map((row) => `<row>${row.map((cell, at) => `<${header[at]}>${cell}</${header[at]}>`).join('')}</row>`)
    .join('')}</rows>`;
/** Half of the numbers as numbers, half of the days as days. */
const bookRow = (row: string[], number: number) =>
  `<row r="${number}">${row
    .map((cell, at) => {
      if (at > 5 && number % 2 === 0) return `<c><v>${cell}</v></c>`;
      if ((at === 2 || at === 3) && number % 2 === 0)
        return `<c s="1"><v>${Date.parse(`${cell}T00:00:00Z`) / 86_400_000 + 25_569}</v></c>`;
      return `<c t="inlineStr"><is><t>${cell}</t></is></c>`;
    })
    .join('')}</row>`;

/** Every way in which one and the same rows may come. */
const forms: Record<string, (rows: string[][]) => Promise<Sent> | Sent> = {
  csv: (rows) => ({ type: 'text/csv', content: Buffer.from(csvOf(rows)) }),
  gb18030: (rows) => ({ type: 'text/csv; charset=gbk', content: iconv.encode(csvOf(rows), 'gb18030') }),
  gzip: (rows) => ({ type: 'text/csv', content: gzipSync(csvOf(rows)), gzip: true }),
  ndjson: (rows) => ({
    type: 'application/x-ndjson',
    content: Buffer.from(
      rows.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, at) => [fields[at], cell])))).join('\n'),
    ),
  }),
  xml: (rows) => ({ type: 'application/xml', content: iconv.encode(xmlOf(rows), 'gb18030') }),
  xlsx: async (rows) => ({
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await bookOf({
      sheets: [['S', textRow(1, header) + rows.map((row, at) => bookRow(row, at + 2)).join('')]],
    }),
  }),
  zip: async (rows) => ({
    type: 'application/zip',
    content: await zipOf({ 'a.csv': iconv.encode(csvOf(rows), 'gb18030') }),
  }),
};

describe('rows that come in any form', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ PART_ROWS_MAX: '3' });
  });
  afterAll(() => city.stop());

  async function deliver(form: string, rows: string[][], reference: string) {
    const { type, content, gzip } = await forms[form]!(rows);
    const answer = await city.operator.post('/api/ingestion/feeds/tech.staff/batches', content as unknown as string, {
      'content-type': type,
      'batch-reference': reference,
      ...(gzip && { 'content-encoding': 'gzip' }),
    });
    expect(answer.status).toBe(202);
    await city.settle();
    return (await city.operator.get(`/api/ingestion/batches/${(answer.body as { id: string }).id}`)).body as object;
  }

  async function shown(prefix: string): Promise<Record<string, Shown>> {
    const rows = await city.db.query<Shown & { key: string }>(
      `select substr(record_key, $2) as key, uscc, version, report_date::text as report,
              uscc || ' ' || event_date || ' ' || (fields->>'staff') as content
       from ingestion_api.record_v1 where record_key like $1 || '%'`,
      [prefix, prefix.length + 1],
    );
    return Object.fromEntries(rows.map(({ key, ...rest }) => [key, rest]));
  }

  it('are counted and kept as the written rules say, in any order, split and repeated', async () => {
    let run = 0;
    const plan = fc.tuple(deliveries, fc.array(fc.constantFrom(...Object.keys(forms)), { minLength: 6, maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(plan, async ([files, ways]) => {
        run += 1;
        const [prefix, reference] = [`${run}-`, new Reference()];
        for (const [at, rows] of files.entries()) {
          const expected = reference.deliver(rows);
          const cells = rows.map((row) => cellsOf(row, prefix));
          const way = ways[at]!;
          // Without a line there is nothing that tells such a file from one that was cut off; others have their header.
          const status = way === 'ndjson' && rows.length === 0 ? 'FAILED' : 'DONE';
          expect(await deliver(way, cells, `${run}.${at}`)).toMatchObject({ status, ...expected });
        }
        expect(await shown(prefix)).toEqual(reference.shown());
      }),
      { numRuns: 40 },
    );
  }, 240_000);
});
