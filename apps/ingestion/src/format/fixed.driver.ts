import { createReadStream } from 'node:fs';

import type { Charset, FixedLayout } from '../contract/contract.rules.js';
import { columnsOf } from '../contract/contract.rules.js';
import { decoderOf, detectCharset, FileFault } from '../file/charset.driver.js';
import type { FaultCode } from '../row/fault.rules.js';
import { type ByteLine, byteLinesOf } from './byte-line.driver.js';
import { type FeedReader, type RawFile, type ReadReport, type ReadRow } from './read-row.rules.js';

/** Lines of fixed width: columns begin and end where the contract says, counted in bytes or in characters. */
export const fixedReader: FeedReader = { read: readFixed };

async function* readFixed(file: RawFile, report: ReadReport): AsyncGenerator<ReadRow[]> {
  const layout = file.contract.delivery?.fixed;
  if (!layout)
    throw new FileFault({
      code: 'FILE_LAYOUT',
      zh: '该数据集的契约没有约定定长格式；请以 CSV、NDJSON、XML 或 .xlsx 报送',
      en: 'the contract of this feed has no fixed-width layout: deliver CSV, NDJSON, XML or .xlsx',
    });
  const charset = file.charset ?? layout.charset ?? (await detectCharset(file.path));
  const slice = slicerOf(layout, charset);
  const names = columnsOf(file.contract).map(({ name }) => name);
  const places = names.map((name) => layout.columns.findIndex((column) => column.name === name));
  report.layout = layout.columns.map(({ name }) => name);
  let toSkip = layout.headerLines ?? 0;
  let empty = true;
  for await (const lines of byteLinesOf(createReadStream(file.path, { highWaterMark: 1 << 18 }))) {
    const rows: ReadRow[] = [];
    for (const line of lines) {
      empty = false;
      if (toSkip > 0) toSkip -= 1;
      else if (line.tooLong || line.bytes.length > 0) rows.push(rowOf(line, { slice, places, charset }));
    }
    yield rows;
  }
  if (empty)
    throw new FileFault({
      code: 'FILE_EMPTY',
      zh: '文件为空，没有数据行；请重新导出并报送',
      en: 'the file is empty, it has no rows: export it again',
    });
}

/** Without these a line is no row: one that ends before them was cut. */
const leading = new Set(['record_key', 'uscc', 'event_date', 'report_date', 'op']);

type Slicer = (bytes: Buffer, text: string) => string[] | FaultCode;

/** Editors strip blanks at the end of a line: what is missing there is blank. What is too much is an error. */
function slicerOf({ unit, columns }: FixedLayout, charset: Charset): Slicer {
  const width = Math.max(...columns.map(({ from, length }) => from - 1 + length));
  const ends = columns.filter(({ name }) => leading.has(name)).map(({ from, length }) => from - 1 + length);
  const first = Math.max(...ends);
  if (unit === 'characters')
    return (_bytes, text) => {
      const characters = Array.from(text.trimEnd());
      if (characters.length > width || characters.length < first) return 'LINE_WIDTH';
      return columns.map(({ from, length }) => characters.slice(from - 1, from - 1 + length).join(''));
    };
  return (bytes) => {
    const end = trimmedLength(bytes);
    if (end > width || end < first) return 'LINE_WIDTH';
    try {
      return columns.map(({ from, length }) => decoderOf(charset).decode(bytes.subarray(from - 1, from - 1 + length)));
    } catch {
      // A column ends in the middle of a character: the line is shifted.
      return 'LINE_WIDTH';
    }
  };
}

function trimmedLength(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 32) end -= 1;
  return end;
}

function rowOf(line: ByteLine, how: { slice: Slicer; places: number[]; charset: Charset }): ReadRow {
  const { number, bytes, tooLong } = line;
  const text = tooLong ? bytes.toString('latin1') : textOf(line, how.charset);
  const row = { line: number, place: '', raw: text };
  if (tooLong) return { ...row, cells: [], faults: [{ code: 'LINE_TOO_LONG', pointer: '' }] };
  const slices = how.slice(bytes, text);
  if (typeof slices === 'string') return { ...row, cells: [], faults: [{ code: slices, pointer: '' }] };
  return { ...row, cells: how.places.map((place) => slices[place] ?? ''), faults: [] };
}

function textOf({ bytes, number, offset }: ByteLine, charset: Charset): string {
  try {
    return decoderOf(charset)
      .decode(bytes)
      .replace(/^\ufeff/, '');
  } catch {
    throw new FileFault({
      code: 'FILE_ENCODING',
      zh: `文件不是 ${charset} 编码：第 ${number} 行无法解码；请按声明的编码保存`,
      en: `the file is not ${charset}: line ${number} is no text. Save it in the encoding that it declares`,
      line: number,
      byte: offset + 1,
    });
  }
}
