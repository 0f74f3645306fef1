import { makeUscc } from '@app/kernel';
import fc from 'fast-check';
import iconv from 'iconv-lite';

import { bookOf, escaped, textRow, zipOf } from './form-files.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const fields = ['record_key', 'uscc', 'event_date', 'report_date', 'op', 'year', 'staff', 'rd_staff'];
const cells = (key: string, count = 12, day = '2026-03-02') => [
  key,
  one,
  '2026-03-01',
  day,
  'I',
  '2025',
  String(count),
  '3',
];
const line = (key: string, count?: number, day?: string) => cells(key, count, day).join(',');

describe('odd files that departments send', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ PART_ROWS_MAX: '7' });
  });
  afterAll(() => city.stop());

  const deliver = (content: string | Buffer, type = 'text/csv', reference?: string) =>
    city.deliver('tech.staff', content, { type, ...(reference && { reference }) });
  const keysOf = async ({ id }: Counts) =>
    (
      await city.db.query<{ key: string }>(
        'select record_key as key from ingestion.record where batch_id = $1 order by record_key',
        [id],
      )
    ).map(({ key }) => key);
  const codesOf = async ({ id }: Counts) =>
    (
      (await city.operator.get(`/api/ingestion/batches/${id}/quarantine`)).body as {
        items: { lineNumber: number; code: string }[];
      }
    ).items.map(({ lineNumber, code }) => [lineNumber, code]);

  it('several files in one, each with its mark and its header', async () => {
    const part = (key: string) => `\ufeff${staffHeader}\r\n"${key}",${cells(key).slice(1).join(',')}\r\n`;
    const taken = await deliver(part('B-1') + part('B-2') + `\ufeff"B-3",${cells('B-3').slice(1).join(',')}\n`);
    expect(taken).toMatchObject({ status: 'DONE', read: 4, accepted: 3, refused: 1 });
    expect(await keysOf(taken)).toEqual(['B-1', 'B-2', 'B-3']);
    // The header in the middle is a row whose code is none.
    expect(await codesOf(taken)).toEqual([[3, 'USCC_LENGTH']]);
  });

  it('a header in full width with blanks, in any order, and one whose cells are quoted', async () => {
    const wide = Array.from(staffHeader, (sign) => (sign === ',' ? ' , ' : sign)).join('');
    expect(await deliver(`${wide}\n${line('H-1')}`)).toMatchObject({ status: 'DONE', accepted: 1 });
    const quoted = staffHeader.split(',').map((name) => `"${name}"`);
    const turned = [...quoted.slice(1), quoted[0]].join(',');
    const taken = await deliver(`${turned}\r\n${[...cells('H-2').slice(1), 'H-2'].join(',')}\r\n`);
    expect(await keysOf(taken)).toEqual(['H-2']);
  });

  it.each([
    ['nothing at all', Buffer.alloc(0), 'FILE_EMPTY'],
    ['a mark and nothing else', Buffer.from('\ufeff'), 'FILE_EMPTY'],
    ['a mark twice and nothing else', Buffer.from('\ufeff\ufeff\r\n\r\n'), 'FILE_EMPTY'],
    ['blanks and line ends', Buffer.from(' \r\n\t\n\n'), 'FILE_EMPTY'],
    ['a header that comes twice in one line', Buffer.from(`${staffHeader},${staffHeader}\n`), 'FILE_HEADER'],
    ['65 536 columns', Buffer.from(`${'列,'.repeat(65_535)}列\n`), 'FILE_HEADER'],
    ['NUL bytes alone', Buffer.alloc(5_000), 'FILE_HEADER'],
  ])('%s', async (_what, content, code) => {
    expect(await deliver(content)).toMatchObject({ status: 'FAILED', read: 0, problem: { code } });
  });

  it('a header and nothing else is a file without rows, in every form', async () => {
    const book = await bookOf({ sheets: [['S', textRow(1, staffHeader.split(','))]] });
    const zip = await zipOf({ 'a.csv': `${staffHeader}\r\n` });
    for (const [content, type] of [
      [staffHeader, 'text/csv'],
      [`\ufeff${staffHeader}\r\n\r\n`, 'text/csv'],
      [book, xlsx],
      [zip, 'application/zip'],
      ['<rows/>', 'application/xml'],
    ] as const)
      expect(await deliver(content, type)).toMatchObject({ status: 'DONE', read: 0 });
  });

  it('line ends of all kinds in one file, and cells of several lines', async () => {
    const quoted = ['M-3', ...cells('M-3').slice(1)].join(',').replace('M-3', '"M-3"');
    const text = `${staffHeader}\r\n${line('M-1')}\n${line('M-2')}\r\n\r\n\n${quoted}\n`;
    const taken = await deliver(text);
    expect(taken).toMatchObject({ read: 3, accepted: 3 });
    expect(await keysOf(taken)).toEqual(['M-1', 'M-2', 'M-3']);
  });

  it('XML as programs write it: namespaces, hints, prefixes, sections, entities, comments', async () => {
    const row = (key: string, hints: string, open = '') =>
      `<n:row ${hints}>${cells(key)
        .map((cell, at) => `<n:${fields[at]}${open}>${escaped(cell)}</n:${fields[at]}>`)
        .join('<!-- next -->')}</n:row>`;
    const taken = await deliver(
      `<?xml version="1.0"?><!-- of today --><n:rows xmlns:n="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        ${row('X-1', 'xmlns:n="urn:a" xsi:type="staff"')}
        ${row('X-2', 'xmlns="urn:b" xml:lang="zh"', ' xsi:nil="false"')}
        ${row('X-&#x33;', '').replace('X-&amp;#x33;', 'X-&#x33;')}
        ${row('X-4', '').replace('X-4', '<![CDATA[X-4]]>')}
        ${row('X-5', 'strange="1"')}
      </n:rows>`,
      'application/xml',
    );
    expect(taken).toMatchObject({ status: 'DONE', read: 5, accepted: 4 });
    expect(await keysOf(taken)).toEqual(['X-1', 'X-2', 'X-3', 'X-4']);
    expect(await codesOf(taken)).toEqual([[5, 'FIELD_UNKNOWN']]);
  });

  it('a workbook whose first sheet is hidden, with dates as numbers, shared texts and saved results', async () => {
    const texts = ['W-1', one, 'I'].map((text) => `<t>${text}</t>`);
    const shared = (at: number) => `<c t="s"><v>${at}</v></c>`;
    const day = (serial: number) => `<c s="1"><v>${serial}</v></c>`;
    const head = textRow(1, staffHeader.split(','));
    const row = `<row r="2">${shared(0)}${shared(1)}${day(46_082)}${day(46_083)}${shared(2)}<c><v>2025</v></c><c><f>6*2</f><v>12</v></c><c><v>3</v></c></row>`;
    const hidden = `<row r="1"><c t="inlineStr"><is><t>草稿</t></is></c></row>`;
    const book = await bookOf({
      sheets: [
        ['草稿', hidden],
        ['数据', head + row],
      ],
      strings: texts,
    });
    const plain = await deliver(book, xlsx);
    expect(plain).toMatchObject({ status: 'FAILED', problem: { code: 'FILE_HEADER' } });
    const names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const list = `<sheet name="草稿" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="数据" sheetId="2" r:id="rId2"/>`;
    const again = await bookOf({
      sheets: [
        ['草稿', hidden],
        ['数据', head + row],
      ],
      strings: texts,
      parts: { 'xl/workbook.xml': `<workbook ${names} xmlns:r="${relations}"><sheets>${list}</sheets></workbook>` },
    });
    const taken = await deliver(again, xlsx);
    expect(taken).toMatchObject({ status: 'DONE', read: 1, accepted: 1 });
    const [record] = await city.db.query(
      `select event_date::text as event, report_date::text as report, fields ->> 'staff' as staff
       from ingestion.record where batch_id = $1`,
      [taken.id],
    );
    expect(record).toEqual({ event: '2026-03-01', report: '2026-03-02', staff: '12' });
  });

  it('references that the platform gives itself are refused, by upload and in pieces; odd ones are kept', async () => {
    const type = 'text/csv; charset=utf-8';
    for (const reference of ['pull-tech.staff-start', 'topic-hr-0-20']) {
      const answer = await city.post('tech.staff', staffHeader, { reference });
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'INGESTION.REFERENCE_RESERVED']);
      const wish = { bytes: 10, contentType: type };
      const pieces = await city.operator.post('/api/ingestion/feeds/tech.staff/uploads', wish, {
        'batch-reference': reference,
      });
      expect((pieces.body as { code: string }).code).toBe('INGESTION.REFERENCE_RESERVED');
    }
    const odd = `../..//%00 'x"; drop table batch; -- {"a":1} \\ ~`;
    const taken = await deliver(`${staffHeader}\n${line('O-1')}`, type, odd);
    expect((await city.operator.get(`/api/ingestion/batches/${taken.id}`)).body).toMatchObject({ reference: odd });
  });

  it('keys that are typed with blanks, quotes and marks are one key each, wherever in the file they stand', async () => {
    const ways = [
      (key: string) => key,
      (key: string) => ` ${key}\t`,
      (key: string) => `"${key}"`,
      (key: string) => `\u3000${key}\u00a0`,
      (key: string) => `" ${key} "`,
    ];
    const anyRow = fc.record({
      key: fc.integer({ min: 1, max: 6 }),
      count: fc.integer({ min: 1, max: 3 }),
      day: fc.constantFrom('2026-03-02', '2026-03-03', '2026-03-04'),
      way: fc.nat(ways.length - 1),
      op: fc.constantFrom('I', 'U', 'D'),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyRow, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 3 }),
        async (files) => {
          run += 1;
          const counts = async (prefix: string, sloppy: boolean) => {
            const all: object[] = [];
            for (const [at, rows] of files.entries()) {
              const text = rows.map(({ key, count, day, way, op }) => {
                const name = `${prefix}${run}-${key}`;
                const [, ...rest] = line(name, count, day).replace(',I,', `,${op},`).split(',');
                return [sloppy ? ways[way]!(name) : name, ...rest].join(',');
              });
              const body = [staffHeader, ...text].join(at % 2 === 0 ? '\n' : '\r\n');
              const old = sloppy && at % 2 === 1;
              const { read, accepted, unchanged, stale, quarantined, refused } = await deliver(
                old ? iconv.encode(body, 'gb18030') : body,
                `text/csv; charset=${old ? 'gb18030' : 'utf-8'}`,
              );
              all.push({ read, accepted, unchanged, stale, quarantined, refused });
            }
            return all;
          };
          expect(await counts('s', true)).toEqual(await counts('p', false));
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});
