import { gzipSync } from 'node:zlib';

import iconv from 'iconv-lite';

import { columnsOf, type Feed, type FixedLayout, place } from './catalogue.js';
import type { Written } from './row-fault.js';
import { zipFile } from './zip-file.js';

type Charset = 'utf-8' | 'gb18030';
export type Form = 'CSV' | 'NDJSON' | 'XLSX' | 'XML' | 'FIXED' | 'ZIP';

/** How a department writes. */
export interface Style {
  form: Form;
  charset: Charset;
  /** The delivery says its charset. */
  declared: boolean;
  bom: boolean;
  newline: '\n' | '\r\n';
  /** Order of the columns, as places in the contract's order; those that may be absent can be missing. */
  order: number[];
  gzip: boolean;
}

/** Drift of a file away from its contract: what stands in its header, or instead of its field names. */
export interface Drift {
  kind: 'COLUMN_MISSING' | 'COLUMN_RENAMED' | 'COLUMN_ADDED';
  /** A place in the contract's order. */
  at: number;
}

/** What is written: a header (headers, or field names where rows are named) and rows of as many cells. */
export interface Table {
  names: string[];
  rows: Written[];
}

export interface FileContent {
  /** As it goes over the wire, before any packing for the way. */
  bytes: Buffer;
  /** The text within, for the forms that are text; for an archive that of its member. */
  text: Buffer | undefined;
  table: Table;
  totals: boolean;
}

const named = (form: Form): boolean => form === 'NDJSON' || form === 'XML';

/** The table as it is going to be written, drift and all. */
export function tableOf(feed: Feed, rows: readonly Written[], style: Style, drift: Drift | undefined): Table {
  const columns = columnsOf(feed);
  const order = drift?.kind === 'COLUMN_MISSING' ? style.order.filter((at) => at !== drift.at) : style.order;
  const nameOf = (at: number): string => {
    const { name, header } = columns[at]!;
    const own = named(style.form) ? name : header;
    return drift?.kind === 'COLUMN_RENAMED' && drift.at === at ? `${own}_${named(style.form) ? 'new' : '新'}` : own;
  };
  const added = drift?.kind === 'COLUMN_ADDED';
  const extra = named(style.form) ? 'remark' : '备注';
  return {
    names: [...order.map(nameOf), ...(added ? [extra] : [])],
    rows: rows.map(({ cells, ...rest }) => ({
      ...rest,
      cells: [...order.map((at) => cellAs(style, cells[at] ?? '', at)), ...(added ? ['无'] : [])],
    })),
  };
}

const cellAs = ({ form }: Style, cell: string, at: number): string =>
  form === 'FIXED' && (at === place.event || at === place.report) ? cell.replaceAll('-', '') : cell;

export function writeFile(feed: Feed, table: Table, style: Style, totals: string[] | undefined): FileContent {
  const lines = totals ? [...table.rows, { cells: style.order.map((at) => totals[at] ?? '') }] : table.rows;
  const full = { names: table.names, rows: lines };
  const encode = (text: string): Buffer =>
    style.charset === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from((style.bom ? '\ufeff' : '') + text);
  const told = { table, totals: totals !== undefined };
  const csv = (): Buffer => encode(csvText(full, style.newline));
  const makers: Record<Form, () => { bytes: Buffer; text: Buffer | undefined }> = {
    CSV: () => both(csv()),
    NDJSON: () => both(encode(full.rows.map((row) => `${jsonLine(full.names, row)}\n`).join(''))),
    ZIP: () => ({
      text: csv(),
      bytes: zipFile([
        ['说明.md', Buffer.from('见 data.csv')],
        ['data.csv', csv()],
      ]),
    }),
    XML: () => ({ text: undefined, bytes: encode(xmlText(feed, full, style.charset)) }),
    XLSX: () => ({ text: undefined, bytes: workbook(feed, full) }),
    FIXED: () => ({ text: undefined, bytes: fixedFile(feed, full) }),
  };
  return { ...makers[style.form](), ...told };
}

const both = (bytes: Buffer): { bytes: Buffer; text: Buffer } => ({ bytes, text: bytes });

export const packed = (bytes: Buffer, { gzip }: Style): Buffer => (gzip ? gzipSync(bytes) : bytes);

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function csvText({ names, rows }: Table, newline: string): string {
  const lineOf = ({ cells, shape }: Written): string => {
    if (shape === 'broken') return cells.slice(0, 4).map(csvCell).join(',');
    if (shape === 'open') return cells.with(0, `"${cells[0]}`).join(',');
    return cells.map(csvCell).join(',');
  };
  return [names.map(csvCell).join(','), ...rows.map(lineOf)].map((line) => line + newline).join('');
}

/** Plain numbers go as numbers, as programs write them. */
const jsonValue = (cell: string): string | number =>
  /^(0|[1-9]\d{0,8})(\.\d*[1-9])?$/.test(cell) ? Number(cell) : cell;

function jsonLine(names: string[], { cells, shape }: Written): string {
  const line = JSON.stringify(Object.fromEntries(names.map((name, at) => [name, jsonValue(cells[at]!)])));
  return shape === undefined ? line : line.slice(0, -3);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function xmlText({ delivery }: Feed, { names, rows }: Table, charset: Charset): string {
  const name = delivery?.xml?.row ?? 'row';
  const rowOf = ({ cells }: Written): string =>
    `<${name}>${names.map((one, at) => `<${one}>${escaped(cells[at]!)}</${one}>`).join('')}</${name}>`;
  return `<?xml version="1.0" encoding="${charset}"?>\n<rows>\n${rows.map(rowOf).join('\n')}\n</rows>\n`;
}

const mainNames = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function workbook({ delivery }: Feed, { names, rows }: Table): Buffer {
  const cell = (text: string): string => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  const line = (cells: string[], at: number): string => `<row r="${at + 1}">${cells.map(cell).join('')}</row>`;
  const sheet = [names, ...rows.map(({ cells }) => cells)].map(line).join('');
  const name = delivery?.xlsx?.sheet ?? '数据';
  const part = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
  return zipFile([
    ['[Content_Types].xml', part('<Types/>')],
    [
      'xl/workbook.xml',
      part(
        `<workbook xmlns="${mainNames}" xmlns:r="${relations}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
    ],
    [
      'xl/_rels/workbook.xml.rels',
      part('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
    ],
    ['xl/worksheets/sheet1.xml', part(`<worksheet xmlns="${mainNames}"><sheetData>${sheet}</sheetData></worksheet>`)],
  ]);
}

function fixedFile(feed: Feed, { rows }: Table): Buffer {
  const { columns, charset = 'utf-8' } = feed.delivery!.fixed!;
  const names = columnsOf(feed).map(({ name }) => name);
  const width = Math.max(...columns.map(({ from, length }) => from - 1 + length));
  const lines = rows.map(({ cells }) => {
    const line = Buffer.alloc(width, ' ');
    for (const column of columns) fill(line, column, iconv.encode(cells[names.indexOf(column.name)]!, charset));
    return Buffer.concat([line, Buffer.from('\n')]);
  });
  return Buffer.concat(lines);
}

/** Letters of one byte only where columns are counted in characters; the rest fits or is no row of such a file. */
function fill(line: Buffer, { name, from, length }: FixedLayout['columns'][number], bytes: Buffer): void {
  if (bytes.length > length) throw new RangeError(`${name} has no room for ${bytes.length} bytes`);
  bytes.copy(line, from - 1);
}
