import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { makeUscc } from '@app/kernel';
import iconv from 'iconv-lite';

import { bookOf, lyingZip, textRow, zipOf } from './form-files.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';
import { heldBy } from './live-memory.js';
import { sendPacked } from './packed-upload.js';

const code = makeUscc('320505', 1);
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const zip = 'application/zip';
const xml = 'application/xml';
const header = staffHeader.split(',');
const line = (key: string, rest = '2025,12,3') => `${key},${code},2026-03-01,2026-03-02,I,${rest}`;
const csv = (...lines: string[]) => [staffHeader, ...lines].join('\n');
const cells = (key: string) => line(key).split(',');
const element = (key: string) =>
  `<row><record_key>${key}</record_key><uscc>${code}</uscc><event_date>2026-03-01</event_date><report_date>2026-03-02</report_date><op>I</op><year>2025</year><staff>12</staff><rd_staff>3</rd_staff></row>`;

describe('what a city’s departments and enemies may send', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ UNPACKED_BYTES_MAX: '100000000' });
  });
  afterAll(() => city.stop());

  const records = async () =>
    (await city.db.query<{ n: number }>('select count(*)::int as n from ingestion.record'))[0]!.n;
  const leftovers = () => readdirSync(join(city.folder, 'batches')).filter((name) => name.includes('.'));

  /** Delivers what must fail as a whole, and sees that nothing was half done. */
  async function failure(content: string | Buffer, type: string, feed = 'tech.staff') {
    const before = await records();
    const { id, status, read } = await city.deliver(feed, content, { type });
    expect([status, read]).toEqual(['FAILED', 0]);
    expect(await records()).toBe(before);
    expect(leftovers()).toEqual([]);
    const batch = (await city.operator.get(`/api/ingestion/batches/${id}`)).body as Counts & {
      problem: { code: string; zh: string; en: string; line: number | null };
    };
    // Why, and what to do, in both languages.
    expect(batch.problem!.zh.length).toBeGreaterThan(10);
    expect(batch.problem!.en.length).toBeGreaterThan(20);
    return batch.problem!;
  }

  it('a workbook that was cut on its way is told so, wherever it was cut', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => textRow(at + 2, cells(`X-${at}`)));
    const book = await bookOf({ sheets: [['S', textRow(1, header) + rows.join('')]] });
    for (const share of [0.3, 0.6, 0.99])
      expect(await failure(book.subarray(0, Math.floor(book.length * share)), xlsx)).toMatchObject({
        code: 'FILE_CORRUPT',
      });
    const hole = Buffer.from(book);
    hole.fill(0x55, hole.indexOf('xl/worksheets/sheet1.xml') + 60, hole.indexOf('xl/worksheets/sheet1.xml') + 90);
    expect(await failure(hole, xlsx)).toMatchObject({ code: 'FILE_CORRUPT' });
  });

  it('an archive that was cut, or whose checksum does not fit, is told so', async () => {
    const archive = await zipOf({ 'a.csv': csv(line('Y-1')) });
    expect(await failure(archive.subarray(0, archive.length - 30), zip)).toMatchObject({ code: 'FILE_CORRUPT' });
    const changed = lyingZip('a.csv', Buffer.from(csv(line('Y-1'))), { sum: 1 });
    expect(await failure(changed, zip)).toMatchObject({ code: 'FILE_CORRUPT' });
  });

  it('a bomb is not unpacked: by what it says, by how tight it is, and by more than it says', async () => {
    const huge = lyingZip('a.csv', Buffer.from('x'), { size: 200_000_000 });
    expect(await failure(huge, zip)).toMatchObject({ code: 'FILE_BOMB' });
    const tight = await zipOf({ 'a.csv': Buffer.alloc(60_000_000, 'a') });
    expect(tight.length).toBeLessThan(100_000);
    expect(await failure(tight, zip)).toMatchObject({ code: 'FILE_BOMB' });
    const lie = lyingZip('a.csv', Buffer.alloc(60_000_000, 'a'), { size: 1_000 });
    const held = await heldBy(async () => {
      expect(await failure(lie, zip)).toMatchObject({ code: 'FILE_CORRUPT' });
    });
    expect(held).toBeLessThan(30_000_000);
    const book = await bookOf({ sheets: [['S', ' '.repeat(60_000_000)]] });
    expect(await failure(book, xlsx)).toMatchObject({ code: 'FILE_BOMB' });
  });

  it('an archive in an archive, a locked one, one of pictures and one of two tables are not guessed at', async () => {
    const inner = await zipOf({ 'a.csv': csv(line('Z-1')) });
    expect(await failure(await zipOf({ 'inner.zip': inner }), zip)).toMatchObject({ code: 'FILE_NESTED' });
    expect(await failure(await zipOf({ 'a.csv': inner }), zip)).toMatchObject({ code: 'FILE_TYPE' });
    const locked = Buffer.from(inner);
    for (const mark of ['PK\x03\x04', 'PK\x01\x02']) {
      const at = locked.indexOf(Buffer.from(mark, 'latin1')) + (mark.endsWith('\x04') ? 6 : 8);
      locked.writeUInt16LE(locked.readUInt16LE(at) | 1, at);
    }
    expect(await failure(locked, zip)).toMatchObject({ code: 'FILE_ENCRYPTED' });
    expect(await failure(await zipOf({ 'a.png': 'x' }), zip)).toMatchObject({ code: 'FILE_MEMBERS' });
    const two = await zipOf({ 'a.csv': csv(line('Z-1')), 'b.csv': csv(line('Z-2')) });
    expect(await failure(two, zip)).toMatchObject({ code: 'FILE_MEMBERS' });
  });

  it('a member that wants to be written elsewhere is read like any other: its name leads nowhere', async () => {
    const climbing = lyingZip('../../climbed.csv', Buffer.from(csv(line('Z-3'))), {});
    expect(await city.deliver('tech.staff', climbing, { type: zip })).toMatchObject({ status: 'DONE', accepted: 1 });
    expect(existsSync(join(city.folder, '..', 'climbed.csv'))).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('entities are not expanded: a document type ends the reading at its line', async () => {
    const laughs = `<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(100)}">]>\n<rows><row>&c;</row></rows>`;
    expect(await failure(laughs, xml)).toMatchObject({ code: 'FILE_DTD', line: 2 });
    const outside = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rows><row><op>&f;</op></row></rows>`;
    expect(await failure(outside, xml)).toMatchObject({ code: 'FILE_DTD' });
    expect(await failure('<rows><row>&undeclared;</row></rows>', xml)).toMatchObject({ code: 'FILE_XML' });
    const book = await bookOf({ sheets: [['S', textRow(1, header)]], parts: { 'xl/sharedStrings.xml': laughs } });
    expect(await failure(book, xlsx)).toMatchObject({ code: 'FILE_DTD' });
  });

  it('XML that ends too soon, goes too deep or never ends an element is told with its line', async () => {
    expect(await failure(`<rows>\n${element('V-1')}\n<row><op>`, xml)).toMatchObject({ code: 'FILE_XML', line: 3 });
    expect(await failure(`<rows>${'<a>'.repeat(100_000)}`, xml)).toMatchObject({ code: 'FILE_XML' });
    expect(await failure(`<rows><row><op>${'x'.repeat(3_000_000)}`, xml)).toMatchObject({ code: 'FILE_LIMIT' });
    expect(await failure(`<rows ${'a="1" '.repeat(400_000)}`, xml)).toMatchObject({
      code: expect.stringMatching(/FILE_(XML|LIMIT)/) as string,
    });
    expect(await failure('', xml)).toMatchObject({ code: expect.stringMatching(/FILE_(XML|EMPTY)/) as string });
  });

  it('a cell without end is told as such, wherever it hides', async () => {
    const pieces = '<t>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</t>'.repeat(60_000);
    const long = `${textRow(1, header)}<row r="2"><c t="inlineStr"><is>${pieces}</is></c></row>`;
    expect(await failure(await bookOf({ sheets: [['S', long]] }), xlsx)).toMatchObject({ code: 'FILE_LIMIT', line: 2 });
    const shared = await bookOf({ sheets: [['S', textRow(1, header)]], strings: [pieces] });
    expect(await failure(shared, xlsx)).toMatchObject({ code: 'FILE_LIMIT' });
    const broken = `<rows><row><op>${'<x/>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'.repeat(60_000)}</op></row></rows>`;
    expect(await failure(broken, xml)).toMatchObject({ code: 'FILE_LIMIT' });
  });

  /** Packed, so that the test itself holds nothing of it. */
  const longLine = (bytes: number): Buffer =>
    gzipSync(
      Buffer.concat([
        Buffer.from(`${csv(line('W-1'))}\n`),
        Buffer.alloc(bytes, 'x'),
        Buffer.from(`\n${line('W-2')}\n`),
      ]),
    );

  it('a line of a hundred megabytes costs a megabyte, and the rows around it are taken', async () => {
    const packed = longLine(100_000_000);
    const held = await heldBy(async () => {
      expect(await sendPacked(city, Readable.from([packed]), 'long-line')).toBe(202);
      await city.settle();
    });
    const [batch] = (await city.operator.get('/api/ingestion/batches?limit=1')).body.items as Counts[];
    expect(batch).toMatchObject({ reference: 'long-line', status: 'DONE', read: 3, accepted: 2, refused: 1 });
    expect(held).toBeLessThan(30_000_000);
  }, 60_000);

  it('two encodings in one file are told with the line of the second', async () => {
    const mixed = Buffer.concat([
      iconv.encode(`${csv(line('M-1'))}\n`, 'gb18030'),
      Buffer.from(`苏州市虎丘区科技城${line('M-2')}\n`),
    ]);
    expect(await failure(mixed, 'text/csv')).toMatchObject({ code: 'FILE_ENCODING', line: 3 });
    const turned = Buffer.concat([
      Buffer.from(`${csv(line('M-1'))}\n`),
      iconv.encode(`苏州${line('M-2')}\n`, 'gb18030'),
    ]);
    expect(await failure(turned, 'text/csv')).toMatchObject({ code: 'FILE_ENCODING', line: 3 });
  });

  it('an encoding that is not the declared one is told as such, and not as missing columns', async () => {
    const told = await failure(csv(line('E-1')), 'text/csv; charset=gb18030');
    expect(told).toMatchObject({ code: 'FILE_ENCODING', line: 1 });
    expect(told.en).toMatch(/declared as gb18030 but is utf-8/);
    const other = await failure(iconv.encode(csv(line('E-1')), 'gb18030'), 'text/csv; charset=utf-8');
    expect(other.en).toMatch(/declared as utf-8 but is gb18030/);
    const declared = `<?xml version="1.0" encoding="GB18030"?><rows>${element('E-1')}</rows>`;
    expect(await failure(declared, 'application/xml; charset=utf-8')).toMatchObject({ code: 'FILE_ENCODING', line: 1 });
    expect(await failure(Buffer.from(`\ufeff<rows/>`, 'utf16le'), xml)).toMatchObject({ code: 'FILE_ENCODING' });
  });

  it('a NUL byte sets its row aside with its column, and is shown as a sign', async () => {
    const { id } = await city.deliver(
      'ip.right',
      `记录主键,统一社会信用代码,业务日期,报送日期,操作类型,类型,登记号,名称,申请日,授权日,状态,取得方式,受让日,主营相关\n${line('N-1', '商标,A\0B,名,,,有效,,,')}\n${line('N-2', '商标,AB,名,,,有效,,,')}\n`,
    );
    const { items } = (await city.operator.get(`/api/ingestion/batches/${id}/quarantine`)).body as { items: object[] };
    expect(items).toMatchObject([
      { code: 'TEXT_CONTROL', header: '登记号', position: 7, raw: expect.stringContaining('A␀B') as string },
    ]);
  });

  it('a file of another type than its name says is told what it is', async () => {
    const book = await bookOf({ sheets: [['S', textRow(1, header)]] });
    expect(await failure(book, 'text/csv')).toMatchObject({ code: 'FILE_TYPE' });
    expect(await failure(csv(line('T-1')), xlsx)).toMatchObject({ code: 'FILE_TYPE' });
    expect(await failure(Buffer.from('d0cf11e0a1b11ae1', 'hex'), xlsx)).toMatchObject({ code: 'FILE_TYPE' });
    expect(await failure(await zipOf({ 'a.csv': csv(line('T-1')) }), xlsx)).toMatchObject({ code: 'FILE_TYPE' });
    expect(await failure('%PDF-1.7', xml)).toMatchObject({ code: 'FILE_TYPE' });
  });

  it('totals that do not fit take nothing of the file', async () => {
    const arrears =
      '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,税种,欠税余额(元),其中当期新增(元),公告日期,清缴日期';
    const row = (key: string, amount: string) => line(key, `增值税,${amount},,2026-03-01,`);
    const file = (count: number, sum: string) =>
      [arrears, row('R-1', '100.10'), row('R-2', '0.20'), `合计,${count},,,,,${sum},0,,`].join('\n');
    expect(await failure(file(3, '100.30'), 'text/csv', 'tax.arrears')).toMatchObject({ code: 'FILE_TOTALS', line: 4 });
    expect(await failure(file(2, '100.31'), 'text/csv', 'tax.arrears')).toMatchObject({ code: 'FILE_TOTALS', line: 4 });
    expect(await failure(`${arrears}\n${row('R-1', '1')}`, 'text/csv', 'tax.arrears')).toMatchObject({
      code: 'FILE_TOTALS',
    });
    expect(await city.deliver('tax.arrears', file(2, '100.30'))).toMatchObject({
      status: 'DONE',
      read: 2,
      accepted: 2,
    });
    const sheet = [arrears.split(','), row('R-1', '100.10').split(','), ['合计', '1', '', '', '', '', '100.11', '0']];
    const book = await bookOf({ sheets: [['S', sheet.map((one, at) => textRow(at + 1, one)).join('')]] });
    expect(await failure(book, xlsx, 'tax.arrears')).toMatchObject({ code: 'FILE_TOTALS', line: 3 });
  });

  it('two files with one reference at the same time: one is taken, the other told so', async () => {
    const send = (rows: string[]) => city.post('tech.staff', csv(...rows), { reference: 'race' });
    const files = Array.from({ length: 6 }, (_, at) => [line(`C-${at % 2}`)]);
    const answers = await Promise.all(files.map((rows) => send(rows)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(3);
    expect(
      new Set(answers.filter(({ status }) => status === 409).map(({ body }) => (body as { code: string }).code)),
    ).toEqual(new Set(['INGESTION.REFERENCE_REUSED']));
    await city.settle();
    const [{ n } = { n: 0 }] = await city.db.query<{ n: number }>(
      `select count(*)::int as n from ingestion.batch where reference = 'race'`,
    );
    expect(n).toBe(1);
  });

  it('formulas are data: kept as they came, and harmless in what we give out', async () => {
    const evil = `=HYPERLINK(""http://evil"")`;
    const ipHeader =
      '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,类型,登记号,名称,申请日,授权日,状态,取得方式,受让日,主营相关';
    const { id } = await city.deliver(
      'ip.right',
      [ipHeader, line('F-1', `商标,"${evil}",名,,,有效,,,`), line('@SUM(A1)', '商标,x,名,,,无,,,')].join('\n'),
    );
    const [record] = await city.db.query(
      `select fields->>'number' as number from ingestion_api.record_v1 where record_key = 'F-1'`,
    );
    expect(record).toEqual({ number: '=HYPERLINK("http://evil")' });
    const out = await city.operator.get(`/api/ingestion/batches/${id}/quarantine/export`);
    expect(out.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(out.text.startsWith('\ufeff')).toBe(true);
    expect(out.text).toContain(`,'@SUM(A1),`);
    expect(out.text).not.toMatch(/(^|,)"?[=@+]/m);
  });

  it('a body that unpacks without end is cut at the size of a delivery', async () => {
    process.env.BATCH_BYTES_MAX = '1000000';
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'a'));
    // A body that is refused may be cut off before its answer is read.
    const status = await sendPacked(city, Readable.from([bomb]), 'gzip-bomb').catch(() => 413);
    delete process.env.BATCH_BYTES_MAX;
    expect(status).toBe(413);
    expect(leftovers()).toEqual([]);
  });
});
