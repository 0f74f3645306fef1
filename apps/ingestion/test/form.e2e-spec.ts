import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { makeUscc } from '@app/kernel';
import iconv from 'iconv-lite';
import writeExcelFile from 'write-excel-file/node';

import { DropJob } from '../src/drop/drop.job.js';
import { bookOf, escaped, textRow, zipOf } from './form-files.js';
import { type Counts, type Ingestion, staffHeader, startIngestion } from './ingest.js';

const one = makeUscc('320505', 1);
const two = makeUscc('320506', 2);
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const header = staffHeader.split(',');
const staff = (key: string, uscc = one, count = '12') => [
  key,
  uscc,
  '2026-03-01',
  '2026-03-02',
  'I',
  '2025',
  count,
  '3',
];
const csv = (...rows: string[][]) => [staffHeader, ...rows.map((row) => row.join(','))].join('\r\n');
const fields = ['record_key', 'uscc', 'event_date', 'report_date', 'op', 'year', 'staff', 'rd_staff'];
const xml = (rows: string[][], names = fields, encoding = 'UTF-8') =>
  `<?xml version="1.0" encoding="${encoding}"?>\n<rows>${rows
    .map((row) => `<row>${row.map((cell, at) => `<${names[at]}>${escaped(cell)}</${names[at]}>`).join('')}</row>\n`)
    .join('')}</rows>`;

describe('a delivery in another form than CSV', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion();
  });
  afterAll(() => city.stop());

  const recordsOf = (id: string) =>
    city.db.query(
      `select record_key as key, uscc, event_date::text as day, fields from ingestion_api.record_v1
       where batch_id = $1 order by record_key`,
      [id],
    );
  const batchOf = async (id: string) =>
    (await city.operator.get(`/api/ingestion/batches/${id}`)).body as Counts & {
      notes: { code: string; count: number; place: string }[];
    };
  const setAsideOf = async (id: string) =>
    (await city.operator.get(`/api/ingestion/batches/${id}/quarantine`)).body as {
      items: { lineNumber: number; code: string; pointer: string; place: string; header: string; position: number }[];
    };

  it('means the same in every form: whatever comes second changes nothing', async () => {
    const rows = [staff('A-1'), staff('A-2', two, '7')];
    const first = await city.deliver('tech.staff', csv(...rows));
    expect(first).toMatchObject({ status: 'DONE', accepted: 2 });
    const book = await writeExcelFile(
      [header, ...rows].map((row) => row.map((value) => ({ value, type: String }))),
    ).toBuffer();
    const forms: [string, string | Buffer][] = [
      [xlsx, book],
      ['application/xml', xml(rows)],
      ['application/xml', xml(rows, header)],
      ['application/xml', iconv.encode(xml(rows, header, 'GBK'), 'gb18030')],
      ['application/zip', await zipOf({ '人员.csv': iconv.encode(csv(...rows), 'gb18030'), '__MACOSX/x.csv': 'x' })],
      ['application/zip', await zipOf({ 'book.xlsx': book })],
    ];
    for (const [type, content] of forms) {
      const again = await city.deliver('tech.staff', content, { type });
      expect(again).toMatchObject({ status: 'DONE', read: 2, unchanged: 2, problem: null });
    }
  });

  it('may be a workbook with numbers, dates, rich texts and formulas of which the saved results count', async () => {
    const row = (number: number, key: string, rest: string) =>
      `<row r="${number}"><c r="A${number}" t="s"><v>${key}</v></c><c r="B${number}" t="inlineStr"><is><t>${one}</t></is></c>${rest}</row>`;
    const book = await bookOf({
      sheets: [
        [
          '名单',
          `${textRow(1, header)}${row(3, '0', '<c r="C3" s="1"><v>46082</v></c><c r="D3" s="2"><v>46083</v></c><c r="E3" t="str"><f>"I"</f><v>I</v></c><c r="F3" s="1"><v>45658</v></c><c r="G3"><f>5+7</f><v>12.000000000000002</v></c><c r="H3"><v>3</v></c><c r="I3"/>')}
         ${row(4, '1', '<c r="C4"><v>20260301</v></c><c r="D4" t="d"><v>2026-03-02T00:00:00</v></c><c r="E4" t="str"><v>I</v></c><c r="F4"><v>2025</v></c><c r="G4"><f>1/0</f></c><c r="H4" t="e"><v>#N/A</v></c>')}`,
        ],
        ['说明', ''],
      ],
      strings: ['<r><t>B</t></r><r><t>-1</t></r><rPh><t>bi</t></rPh>', '<t>B-2</t>'],
    });
    const { id } = await city.deliver('tech.staff', book, { type: xlsx });
    expect(await recordsOf(id)).toEqual([
      { key: 'B-1', uscc: one, day: '2026-03-01', fields: { year: 2025, staff: 12, rd_staff: 3 } },
    ]);
    const batch = await batchOf(id);
    expect(batch).toMatchObject({ read: 2, accepted: 1, quarantined: 1 });
    expect(batch.notes).toMatchObject([
      { code: 'SHEETS_IGNORED', count: 1 },
      { code: 'FORMULA_VALUES', count: 2, place: '名单!E3' },
    ]);
    expect((await setAsideOf(id)).items).toMatchObject([
      { lineNumber: 4, code: 'CELL_NO_VALUE', pointer: '/staff', place: '名单!4', header: '职工总数', position: 7 },
    ]);
  });

  it('counts days as the workbook does, also from 1904 on', async () => {
    const cells = `<c t="inlineStr"><is><t>C-1</t></is></c><c t="inlineStr"><is><t>${one}</t></is></c>
      <c s="1"><v>44620</v></c><c s="1"><v>44621</v></c><c t="str"><v>I</v></c><c><v>2025</v></c><c><v>1</v></c><c><v>1</v></c>`;
    const book = await bookOf({ sheets: [['S', `${textRow(1, header)}<row r="2">${cells}</row>`]], date1904: true });
    const { id } = await city.deliver('tech.staff', book, { type: xlsx });
    expect(await recordsOf(id)).toMatchObject([{ key: 'C-1', day: '2026-03-01' }]);
  });

  it('is read from the sheet, the element and the columns that the contract names', async () => {
    const lead = (key: string) => [key, one, '2026-03-01', '2026-03-02', 'I'];
    const fund = [
      '记录主键',
      '统一社会信用代码',
      '业务日期',
      '报送日期',
      '操作类型',
      '月份',
      '缴存人数',
      '缴存基数总额(元)',
      '应缴(元)',
      '实缴(元)',
      '欠缴月数',
    ];
    const row = [...lead('H-1'), '2026-02', '10', '90000.00', '9000', '9000.00', '0'];
    const book = await bookOf({
      sheets: [
        ['封面', ''],
        ['缴存明细', textRow(1, fund) + textRow(2, row)],
      ],
    });
    expect(await city.deliver('housing-fund.deposit', book, { type: xlsx })).toMatchObject({ accepted: 1 });
    const other = await bookOf({ sheets: [['明细', textRow(1, fund) + textRow(2, row)]] });
    expect(await city.deliver('housing-fund.deposit', other, { type: xlsx })).toMatchObject({
      status: 'FAILED',
      problem: { code: 'FILE_SHEET' },
    });
    const mortgage = `<?xml version="1.0"?><数据包 批次="1"><包头><总数>1</总数></包头><抵押登记 记录主键="M-1">
      <统一社会信用代码>${one}</统一社会信用代码><业务日期>2026-03-01</业务日期><报送日期>2026-03-02</报送日期><操作类型>I</操作类型>
      <抵押登记号>苏(2026)1&amp;2</抵押登记号><被担保主债权数额>12.5</被担保主债权数额><登记日期><![CDATA[2026-02-01]]></登记日期></抵押登记></数据包>`;
    const { id } = await city.deliver('real-estate.mortgage', mortgage, { type: 'application/xml' });
    expect(await recordsOf(id)).toMatchObject([
      { key: 'M-1', fields: { number: '苏(2026)1&2', amount: '12500000', registered_on: '2026-02-01' } },
    ]);
  });

  it('may have columns of fixed width, in bytes of GB18030 or in characters', async () => {
    const bytes = (key: string, kind = '零售') =>
      iconv.encode(
        `${key.padEnd(20)}${one}2026030120260302I${'3205040001'.padEnd(20)}${kind}2026010120301231\r\n`,
        'gb18030',
      );
    const short = iconv.encode(`${'T-3'.padEnd(20)}${one}2026030120260302I\r\n`, 'gb18030');
    const tobacco = await city.deliver(
      'tobacco.licence',
      Buffer.concat([bytes('T-1'), bytes('T-2', '批发'), short, bytes('T-4', '零售店')]),
      { type: 'text/plain' },
    );
    expect(tobacco).toMatchObject({ status: 'DONE', read: 4, accepted: 2, quarantined: 1, refused: 1 });
    expect(await recordsOf(tobacco.id)).toMatchObject([
      { key: 'T-1', fields: { number: '3205040001', kind: '零售', valid_to: '2030-12-31' } },
      { key: 'T-2', fields: { kind: '批发' } },
    ]);
    const line = `${'水-1'.padEnd(20)}${one}2026030120260302I${'户0001'.padEnd(16)}2026-02${'12.5'.padStart(12)}${'30.00'.padStart(14)}`;
    const sewage = await city.deliver('sewage.discharge', `\ufeff${line}\n`, { type: 'text/plain; charset=utf-8' });
    expect(await recordsOf(sewage.id)).toMatchObject([{ key: '水-1', fields: { account: '户0001', due: '3000' } }]);
    expect(await city.deliver('tech.staff', 'x', { type: 'text/plain' })).toMatchObject({
      problem: { code: 'FILE_LAYOUT' },
    });
  });

  it('may be several files in one archive where the contract says so, and rows are found in them', async () => {
    const bill = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,运营商,月份,应缴金额(元),专线数,欠费(元)';
    const row = (key: string, due: string) => `${key},${one},2026-02-28,2026-03-02,I,电信,2026-02,${due},1,`;
    const archive = await zipOf({
      '电信.csv': iconv.encode(`${bill}\n${row('P-1', '1.00')}\n${row('P-2', '贵')}\n`, 'gb18030'),
      '移动.ndjson': `{"record_key":"P-3","uscc":"${one}","event_date":"2026-02-28","report_date":"2026-03-02","op":"I","carrier":"移动","month":"2026-02","due":2}\n`,
      '说明.pdf': 'x',
    });
    const batch = await city.deliver('telecom.bill', archive, { type: 'application/zip' });
    expect(batch).toMatchObject({ status: 'DONE', read: 3, accepted: 2, quarantined: 1 });
    expect((await batchOf(batch.id)).notes).toMatchObject([{ code: 'MEMBERS_IGNORED', place: '说明.pdf' }]);
    expect((await setAsideOf(batch.id)).items).toMatchObject([{ lineNumber: 2, place: '电信.csv:3', pointer: '/due' }]);
    expect(await city.deliver('tech.staff', archive, { type: 'application/zip' })).toMatchObject({
      status: 'FAILED',
      problem: { code: 'FILE_MEMBERS' },
    });
  });

  it('may be packed for the wire, and is the same batch as when it is not', async () => {
    const content = csv(staff('G-1'));
    const send = (body: string | Buffer, headers: Record<string, string>) =>
      city.operator.post('/api/ingestion/feeds/tech.staff/batches', body as string, {
        'content-type': 'text/csv',
        'batch-reference': 'packed',
        ...headers,
      });
    const packed = await send(gzipSync(content), { 'content-encoding': 'gzip' });
    const plain = await send(content, {});
    expect([packed.status, plain.status]).toEqual([202, 202]);
    expect(plain.body).toEqual(packed.body);
    await city.settle();
    expect((await send(gzipSync(content).subarray(0, 40), { 'content-encoding': 'gzip' })).body).toMatchObject({
      status: 400,
      code: 'INGESTION.GZIP_BROKEN',
    });
    expect((await send(content, { 'content-encoding': 'br' })).status).toBe(415);
  });

  it('may be dropped into a folder', async () => {
    const folder = join(city.folder, 'drop', 'tech.staff');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, '人员.xlsx'),
      await bookOf({ sheets: [['S', textRow(1, header) + textRow(2, staff('D-1'))]] }),
    );
    writeFileSync(join(folder, 'a.xml'), xml([staff('D-2')]));
    writeFileSync(join(folder, 'b.zip'), await zipOf({ 'b.csv': csv(staff('D-3')) }));
    const drop = city.app.get(DropJob);
    await drop.run();
    await drop.run();
    await city.settle();
    const rows = await city.db.query(
      `select form, status, accepted from ingestion.batch where origin = 'DROP' order by form`,
    );
    expect(rows).toEqual(['XLSX', 'XML', 'ZIP'].map((form) => ({ form, status: 'DONE', accepted: '1' })));
  });
});
