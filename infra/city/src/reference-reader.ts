import { TextDecoder } from 'node:util';

import { columnsOf, type Feed } from './catalogue.js';
import type { Delivery } from './plan.js';

/** A row of a file, by field name; or why it is none. */
export interface ReadRow {
  line: number;
  cells: ReadonlyMap<string, string> | 'BROKEN' | 'UNKNOWN_FIELD';
}

/** What a stranger makes of a file: its rows, or the codes of which one has to be told. */
export type ReadFile = { rows: ReadRow[] } | { problem: readonly string[] };

const mark = '\ufeff';
const quotedLinesMax = 20;

/** Reads what was sent, from its bytes where they are text. Nothing of the platform's own code is used. */
export function readFile(delivery: Delivery): ReadFile {
  const { style, content, feed, fault } = delivery;
  if (content.text === undefined && fault === 'TRUNCATED') return { problem: truncated[style.form] ?? [] };
  if (content.text === undefined && fault === 'EMPTY') return { problem: empty[style.form] ?? [] };
  if (content.text === undefined) return tableRows(delivery);
  const read = style.form === 'NDJSON' ? jsonRows(delivery) : csvRows(delivery);
  return 'problem' in read ? read : withoutTotals(feed, read.rows);
}

const truncated: Record<string, readonly string[]> = {
  XLSX: ['FILE_CORRUPT'],
  ZIP: ['FILE_CORRUPT'],
  XML: ['FILE_XML', 'FILE_ENCODING', 'FILE_EMPTY'],
};
const empty: Record<string, readonly string[]> = {
  XLSX: ['FILE_TYPE'],
  ZIP: ['FILE_TYPE'],
  XML: ['FILE_EMPTY', 'FILE_XML'],
};

function decoded(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function csvRows({ content, feed, told }: Delivery): ReadFile {
  const bytes = content.text!;
  const end = bytes.indexOf(10);
  const head = end < 0 ? bytes : bytes.subarray(0, end);
  const fits = (charset: string): boolean => {
    const line = decoded(head, charset);
    return line !== undefined && headerProblem(feed, cellsOf(unmarked(line)) ?? []) === undefined;
  };
  const fitting = ['utf-8', 'gb18030'].filter(fits);
  const own = fitting.length === 1 ? fitting[0] : undefined;
  if (told && own && told !== own) return { problem: ['FILE_ENCODING'] };
  const text = decoded(bytes, told ?? own ?? (decoded(bytes, 'utf-8') === undefined ? 'gb18030' : 'utf-8'));
  if (text === undefined) return { problem: ['FILE_ENCODING'] };
  return csvLines(feed, unmarked(text));
}

const unmarked = (text: string): string => (text.startsWith(mark) ? text.slice(1) : text).replace(/\r$/, '');

function csvLines(feed: Feed, text: string): ReadFile {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return { problem: ['FILE_EMPTY'] };
  const header = cellsOf(lines[first]!) ?? [];
  const problem = headerProblem(feed, header);
  if (problem) return { problem };
  const names = namesByHeader(feed, header);
  const rows: ReadRow[] = [];
  for (let at = first + 1; at < lines.length;) {
    if (lines[at]!.trim() === '') {
      at += 1;
      continue;
    }
    const { cells, taken } = record(lines, at);
    rows.push({ line: at + 1, cells: cells?.length === names.length ? mapOf(names, cells) : 'BROKEN' });
    at += taken;
  }
  return { rows };
}

/** A record may go on over line ends inside of quotes; a quote that is never closed costs its line. */
function record(lines: string[], from: number): { cells: string[] | undefined; taken: number } {
  for (let taken = 1; taken <= quotedLinesMax && from + taken <= lines.length; taken += 1) {
    const cells = cellsOf(lines.slice(from, from + taken).join('\n'));
    if (cells) return { cells, taken };
  }
  return { cells: undefined, taken: 1 };
}

/** RFC 4180; undefined when a quote is open at the end, or something stands behind a closed one. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  for (const [whole, quoted, plain] of `,${line}`.matchAll(/,(?:"([^"]*(?:""[^"]*)*)"(?=,|$)|((?!")[^,]*))|[^]+$/g)) {
    if (!whole.startsWith(',') || (quoted === undefined && plain === undefined)) return undefined;
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
  }
  return cells;
}

const plainHeader = (header: string): string => header.normalize('NFKC').trim();

function headerProblem(feed: Feed, header: string[]): readonly string[] | undefined {
  const wanted = columnsOf(feed);
  const found = header.map(plainHeader);
  const missing = wanted.some((column) => !column.mayBeAbsent && !found.includes(plainHeader(column.header)));
  const strange = found.some((name) => !wanted.some((column) => plainHeader(column.header) === name));
  return missing || strange || new Set(found).size < found.length ? ['FILE_HEADER'] : undefined;
}

const namesByHeader = (feed: Feed, header: string[]): string[] =>
  header.map((one) => columnsOf(feed).find((column) => plainHeader(column.header) === plainHeader(one))!.name);

const mapOf = (names: string[], cells: string[]): Map<string, string> =>
  new Map(names.map((name, at) => [name, cells[at]!]));

function jsonRows({ content, feed, told }: Delivery): ReadFile {
  const bytes = content.text!;
  const utf8 = decoded(bytes, 'utf-8');
  if (told === 'gb18030' && utf8 !== undefined && /[\u4e00-\u9fff]/.test(utf8)) return { problem: ['FILE_ENCODING'] };
  const text = decoded(bytes, told ?? 'utf-8');
  if (text === undefined) return { problem: ['FILE_ENCODING'] };
  const lines = unmarked(text).split('\n');
  if (lines.every((line) => line.trim() === '')) return { problem: ['FILE_EMPTY'] };
  const rows = lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [{ line: at + 1, cells: jsonCells(feed, line) }],
  );
  return { rows };
}

function jsonCells(feed: Feed, line: string): ReadRow['cells'] {
  try {
    const item = JSON.parse(line) as Record<string, string | number>;
    if (Object.keys(item).some((name) => !isField(feed, name))) return 'UNKNOWN_FIELD';
    return new Map(Object.entries(item).map(([name, cell]) => [name, String(cell)]));
  } catch {
    return 'BROKEN';
  }
}

const isField = (feed: Feed, wanted: string): boolean => columnsOf(feed).some(({ name }) => name === wanted);

/** Forms that are no text are read from the table that they were made of; their lines count the header, where they have one. */
function tableRows({ content, feed, style, fault }: Delivery): ReadFile {
  const { names, rows } = content.table;
  if (style.form === 'XLSX') {
    const problem = headerProblem(feed, names);
    if (problem) return { problem };
  }
  const fields = style.form === 'XML' ? names : namesByHeader(feed, names);
  const unknown = fields.some((name) => !isField(feed, name));
  if (content.totals && fault === 'WRONG_TOTALS') return { problem: ['FILE_TOTALS'] };
  const above = style.form === 'XLSX' ? 2 : 1;
  return {
    rows: rows.map(({ cells }, at) => ({
      line: at + above,
      cells: unknown ? 'UNKNOWN_FIELD' : mapOf(fields, cells),
    })),
  };
}

/** The last row of a feed with totals tells how many rows and what sums there are, or nothing is taken. */
function withoutTotals(feed: Feed, rows: ReadRow[]): ReadFile {
  const totals = feed.delivery?.totals;
  if (!totals) return { rows };
  const told = rows.at(-1)?.cells;
  const wrong = { problem: ['FILE_TOTALS'] };
  if (!told || typeof told === 'string' || told.get('record_key') !== totals.marker) return wrong;
  const records = rows.slice(0, -1);
  if (told.get(totals.count) !== String(records.length)) return wrong;
  const right = (totals.sums ?? []).every((name) => hundredths(told.get(name)) === sumOf(records, name));
  return right ? { rows: records } : wrong;
}

const hundredths = (cell: string | undefined): number => Math.round(Number(cell ?? '0') * 100);

const sumOf = (rows: ReadRow[], name: string): number =>
  rows.reduce((sum, { cells }) => sum + (typeof cells === 'string' ? 0 : hundredths(cells.get(name))), 0);
