import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';

import { bookOf, zipOf } from './form-files.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';
import { heldBy } from './live-memory.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const firms = Array.from({ length: 500 }, (_, at) => makeUscc('320505', at));

/** Of a thousand rows one has a code that is too short, and one a count below zero. */
const cells = (prefix: string, at: number): string[] => [
  `${prefix}-${at}`,
  at % 1_000 === 7 ? 'SHORT' : firms[at % firms.length]!,
  '2026-03-01',
  '2026-03-02',
  'I',
  '2025',
  at % 1_000 === 9 ? '-1' : String(at % 300),
  '3',
];
const rowsOf = (prefix: string, rows: number): string[][] => Array.from({ length: rows }, (_, at) => cells(prefix, at));

/** As Excel writes it: each text once beside the sheet, numbers in place, every cell with its address. */
function bookFrom(rows: readonly string[][]): Promise<Buffer> {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    if (!places.has(text)) places.set(text, places.size);
    return places.get(text)!;
  };
  const cell = (text: string, line: number, at: number): string => {
    const reference = `${'ABCDEFGH'[at]}${line}`;
    const number = at > 4 && line > 1;
    return `<c r="${reference}"${number ? '' : ' t="s"'}><v>${number ? text : placeOf(text)}</v></c>`;
  };
  const sheet = [staffHeader.split(','), ...rows].map(
    (row, at) => `<row r="${at + 1}">${row.map((text, place) => cell(text, at + 1, place)).join('')}</row>`,
  );
  const strings = [...places.keys()].map((text) => `<t>${text}</t>`);
  return bookOf({ sheets: [['S', sheet.join('')]], strings });
}

describe('a large file in another form', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion();
    await city.app.listen(0, '127.0.0.1');
  });
  afterAll(() => city.stop());

  const upload = async (type: string, content: Buffer): Promise<string> => {
    const { port } = city.app.getHttpServer().address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/ingestion/feeds/tech.staff/batches`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${city.operator.person!.token}`,
        'content-type': type,
        'batch-reference': `large-${type}`,
      },
      body: new Uint8Array(content),
    });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as Counts).id;
  };

  const csv = (rows: string[][]) =>
    zipOf({ '人员.csv': [staffHeader, ...rows.map((row) => row.join(','))].join('\r\n') });

  it.each([
    ['workbook', xlsx, 20_000, bookFrom],
    ['archive', 'application/zip', 25_000, csv],
  ] as const)(
    'comes whole through the network and the worker into the database: a %s',
    async (what, type, rows, form) => {
      const content = await form(rowsOf(what, rows));
      let id = '';
      const held = await heldBy(async () => {
        id = await upload(type, content);
        await city.settle();
      });
      const bad = rows / 1_000;
      expect((await city.operator.get(`/api/ingestion/batches/${id}`)).body).toMatchObject({
        status: 'DONE',
        read: rows,
        accepted: rows - 2 * bad,
        refused: bad,
        quarantined: bad,
      });
      const [kept] = await city.db.query<{ heads: number; versions: number }>(
        `select (select count(*)::int from ingestion.record_head where record_key like $1 || '-%') as heads,
                (select count(*)::int from ingestion.record where record_key like $1 || '-%') as versions`,
        [what],
      );
      expect(kept).toEqual({ heads: rows - 2 * bad, versions: rows - 2 * bad });
      expect(readdirSync(join(city.folder, 'batches')).filter((name) => name.includes('.'))).toEqual([]);
      // The body as the client holds it, the texts of the workbook, a part under way and the keys of the file.
      expect(held).toBeLessThan(60_000_000);
    },
    120_000,
  );
});
