// How much memory one large delivery takes: `node bench/memory.mjs --mb 500 --form csv` (csv, xml, xlsx, zip) on a fresh
// PostgreSQL, after `npm run build`. `--reading` leaves the database out, `--wide` takes rows of 300 bytes instead of 60,
// `--shared` keeps a different text of each row of a workbook beside its cells, as spreadsheets do. The worker's heap is
// held to 512 MB; its peak is told beside that of all memory, typed arrays and buffers included.
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

import yazl from 'yazl';

import { onGround } from './ground.mjs';
import { memoryHighMb, startChild } from './processes.mjs';
import { usccOf } from './uscc.mjs';

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '500' },
    form: { type: 'string', default: 'csv' },
    reading: { type: 'boolean', default: false },
    wide: { type: 'boolean', default: false },
    shared: { type: 'boolean', default: false },
  },
});
const bytesWanted = Number(values.mb) * 1_000_000;
const leading = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
const begin = (row) => [`M-${row}`, usccOf(row % 50_000), '2026-01-31', '2026-02-01', 'I'];
const title = '一种用于测试大文件读取内存占用的装置及其控制方法和存储介质'.repeat(3).slice(0, 66);

/** A narrow and a wide feed. */
const tables = {
  narrow: {
    feed: 'tech.staff',
    headers: `${leading},年度,职工总数,科技人员数`,
    cellsOf: (row) => [...begin(row), '2025', row % 900, row % 90],
  },
  wide: {
    feed: 'ip.right',
    headers: `${leading},类型,登记号,名称,申请日,授权日,状态,取得方式,受让日,主营相关`,
    cellsOf: (row) => [
      ...begin(row),
      '发明专利',
      `ZL2026${row}`,
      title,
      '2024-05-06',
      '2026-01-20',
      '有效',
      '自主研发',
      '',
      '是',
    ],
  },
};
const { feed, cellsOf, ...table } = tables[values.wide ? 'wide' : 'narrow'];
const headers = table.headers.split(',');
const rowsPerPiece = 1_000;

const reference = (row) => `<row r="${row + 2}">`;
const sheetCell = (cell) =>
  typeof cell === 'number' ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${cell}</t></is></c>`;

/** How a row looks in each form, and what stands around all rows. */
const forms = {
  csv: { form: 'CSV', head: `${headers.join(',')}\n`, row: (cells) => `${cells.join(',')}\n`, tail: '' },
  zip: { form: 'ZIP', head: `${headers.join(',')}\n`, row: (cells) => `${cells.join(',')}\n`, tail: '' },
  xml: {
    form: 'XML',
    head: '<?xml version="1.0"?><rows>',
    row: (cells) => `<row>${cells.map((cell, at) => `<${headers[at]}>${cell}</${headers[at]}>`).join('')}</row>\n`,
    tail: '</rows>',
  },
  xlsx: {
    form: 'XLSX',
    head: `<worksheet><sheetData><row r="1">${headers.map(sheetCell).join('')}</row>`,
    row: (cells, row) => `${reference(row)}${cells.map(sheetCell).join('')}</row>`,
    tail: '</sheetData></worksheet>',
  },
};
const wanted = forms[values.form];
if (values.shared) {
  const plainRow = forms.xlsx.row;
  forms.xlsx.row = (cells, row) =>
    plainRow(cells, row).replace(/<c t="inlineStr"><is><t>M-[^c]*<\/c>/, `<c t="s"><v>${row}</v></c>`);
}

/** Keys of all rows as a workbook keeps texts, long enough to come near what one may hold. */
function* sharedTexts() {
  yield '<sst>';
  for (let row = 0; row < rows; row += 1) yield `<si><t>M-${row}-${title.slice(0, 40)}</t></si>`;
  yield '</sst>';
}

/** Rows of a worksheet end at Excel's last one. */
const rowsMax = values.form === 'xlsx' ? 1_048_575 : Infinity;
let rows = 0;

function* pieces() {
  yield wanted.head;
  for (let written = 0; written < bytesWanted && rows < rowsMax;) {
    let text = '';
    for (let at = 0; at < rowsPerPiece && rows < rowsMax; at += 1, rows += 1) text += wanted.row(cellsOf(rows), rows);
    written += Buffer.byteLength(text);
    yield text;
  }
  yield wanted.tail;
}

const content = () => Readable.from(pieces(), { objectMode: false });

async function write(path) {
  if (values.form === 'csv' || values.form === 'xml') return pipeline(content(), createWriteStream(path));
  const zip = new yazl.ZipFile();
  if (values.form === 'zip') zip.addReadStream(content(), 'rows.csv');
  else {
    zip.addBuffer(
      Buffer.from('<workbook><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>'),
      'xl/workbook.xml',
    );
    zip.addReadStream(content(), 'xl/worksheets/sheet1.xml');
    if (values.shared) zip.addReadStream(Readable.from(sharedTexts(), { objectMode: false }), 'xl/sharedStrings.xml');
  }
  zip.end();
  return pipeline(zip.outputStream, createWriteStream(path));
}

async function read(path) {
  const reader = await startChild('ingest/reader.mjs');
  const before = memoryHighMb(reader.pid);
  const { rows: found, seconds } = await reader.call('read', { feed, path, form: wanted.form });
  if (found !== rows) throw new Error(`${found} rows were read, ${rows} were written`);
  tell({ path, seconds, before, high: memoryHighMb(reader.pid), heap: await reader.call('heap') });
  await reader.stop();
}

async function deliver(path, { owner, settings }) {
  const worker = await startChild('ingest/worker.mjs', {
    ...settings,
    INGESTION_WORKER: 'false',
    BATCH_BYTES_MAX: '100000000000',
  });
  const before = memoryHighMb(worker.pid);
  await worker.call('take', { feed, path, reference: 'memory', form: wanted.form });
  const seconds = await worker.call('run');
  const { rows: found } = await owner.query('select status, accepted::int, problem from ingestion.batch');
  if (found[0].status !== 'DONE' || found[0].accepted !== rows)
    throw new Error(`the batch ended otherwise: ${JSON.stringify(found[0])}`);
  tell({ path, seconds, before, high: memoryHighMb(worker.pid), heap: await worker.call('heap') });
  await worker.stop();
}

function tell({ path, seconds, before, high, heap }) {
  console.log(
    `${values.form}: ${Math.round(statSync(path).size / 1e6)} MB on disk, ${rows} rows, ${seconds.toFixed(0)} s, ` +
      `${Math.round(rows / seconds)} rows/s; memory ${Math.round(before)} MB at start, ${Math.round(high)} MB at most, heap ${Math.round(heap)} MB at most`,
  );
}

process.env.BENCH_NODE_FLAGS = '--max-old-space-size=512';
const folder = mkdtempSync(join(tmpdir(), 'xinqiao-memory-'));
try {
  const path = join(folder, `rows.${values.form}`);
  await write(path);
  if (values.reading) await read(path);
  else await onGround((ground) => deliver(path, ground));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
