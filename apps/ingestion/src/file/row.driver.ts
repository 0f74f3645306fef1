import { readSync } from 'node:fs';

import type { Charset, Contract, FileForm } from '../contract/contract.rules.js';
import { columnsOf } from '../contract/contract.rules.js';
import { rowOfPrepared } from '../format/prepared.driver.js';
import { splitCsv } from '../row/csv.rules.js';
import type { Fault } from '../row/fault.rules.js';
import { placesOf } from '../row/header.rules.js';
import { cellsOfJson } from '../row/ndjson.rules.js';
import { totalsCheckOf } from '../row/totals.rules.js';
import { decoderOf, FileFault } from './charset.driver.js';
import type { FileRow } from './file-row.rules.js';
import { type Line, linesOf } from './line.driver.js';

export type { FileRow } from './file-row.rules.js';

export interface FileForReading {
  path: string;
  form: RowForm;
  charset: Charset;
  contract: Contract;
}

/** ROWS: what another form was prepared to. */
type RowForm = Extract<FileForm, 'CSV' | 'NDJSON'> | 'ROWS';

/** A quoted field may hold so many line breaks; beyond, a quote was forgotten and only its line is lost. */
const rowLinesMax = 20;

/** The rows of a file, block by block, header and blank lines left out. Throws FileFault for a file that is none. */
export async function* rowsOf(file: FileForReading): AsyncGenerator<FileRow[]> {
  const rows = takerOf(file);
  const totals = file.form === 'ROWS' ? undefined : totalsCheckOf(file.contract);
  for await (const lines of linesOf(file.path, file.charset)) {
    const block: FileRow[] = [];
    for (const line of lines) rows.take(line, block);
    yield totals ? totals.take(block) : block;
  }
  const rest: FileRow[] = [];
  rows.end(rest);
  yield totals ? totals.take(rest) : rest;
  const problem = totals?.fault();
  if (problem) throw new FileFault(problem);
}

function takerOf({ form, contract }: FileForReading): CsvRows | JsonRows | PreparedRows {
  if (form === 'ROWS') return new PreparedRows();
  return form === 'CSV' ? new CsvRows(contract) : new JsonRows(contract);
}

/** The one row at a place that `rowsOf` gave out before. */
export function rowAt(
  file: FileForReading & { descriptor: number; places: number[] },
  place: { line: number; offset: number; length: number },
): FileRow {
  const bytes = Buffer.allocUnsafe(place.length);
  readSync(file.descriptor, bytes, 0, place.length, place.offset);
  const raw = decoderOf(file.charset)
    .decode(bytes)
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '');
  const line = { number: place.line, text: raw, offset: place.offset, length: place.length, tooLong: false };
  if (file.form === 'ROWS') return rowOfPrepared(line);
  if (file.form === 'NDJSON') return jsonRow(line, file.contract);
  const cells = splitCsv(raw);
  return typeof cells === 'string' ? unreadable(line) : csvRow(line, cells, headerOf(file.places));
}

const faultyRow = ({ number, text, offset, length }: Line, fault: Fault): FileRow => ({
  line: number,
  raw: text,
  offset,
  length,
  cells: [],
  faults: [fault],
});

const unreadable = (line: Line): FileRow =>
  faultyRow(line, { code: line.tooLong ? 'LINE_TOO_LONG' : 'LINE_UNREADABLE', pointer: '' });

/** Where the columns of the contract stand in a file's lines, -1 for one that is absent. */
interface Header {
  places: number[];
  /** How many columns the file has. */
  width: number;
  /** The file has all columns in the contract's order: its cells are the row's. */
  inOrder: boolean;
}

const headerOf = (places: number[]): Header => ({
  places,
  width: places.filter((place) => place >= 0).length,
  inOrder: places.every((place, column) => place === column),
});

function csvRow(line: Line, cells: string[], { places, width, inOrder }: Header): FileRow {
  if (cells.length !== width) return faultyRow(line, { code: 'LINE_COLUMNS', pointer: '' });
  const { number, text, offset, length } = line;
  const ordered = inOrder ? cells : places.map((place) => cells[place] ?? '');
  return { line: number, raw: text, offset, length, cells: ordered, faults: [] };
}

/** The places of the columns in a file's header, for reading single rows of it. */
export async function headerPlacesOf(file: FileForReading): Promise<number[]> {
  if (file.form !== 'CSV') return [];
  const rows = new CsvRows(file.contract);
  for await (const lines of linesOf(file.path, file.charset)) {
    for (const line of lines) rows.take(line, []);
    if (rows.header) return rows.header.places;
  }
  rows.end([]);
  return rows.header!.places;
}

export class CsvRows {
  header: Header | undefined;
  private open: Line[] = [];

  constructor(private readonly contract: Contract) {}

  /** Whether a quoted field goes on in the next line. */
  get isOpen(): boolean {
    return this.open.length > 0;
  }

  take(line: Line, into: FileRow[]): void {
    if (this.isOpen) return this.takeMore(line, into);
    if (line.tooLong) return this.give(line, 'broken', into);
    if (line.text.trim() === '') return undefined;
    const cells = splitCsv(line.text);
    if (cells !== 'open') return this.give(line, cells, into);
    this.open = [line];
    return undefined;
  }

  end(into: FileRow[]): void {
    while (this.isOpen) this.giveUp(into);
    if (!this.header)
      throw new FileFault({
        code: 'FILE_EMPTY',
        zh: '文件为空，没有表头；请重新导出并报送',
        en: 'the file is empty, it has no header: export it again',
      });
  }

  private takeMore(line: Line, into: FileRow[]): void {
    this.open.push(line);
    const joined = joinedLine(this.open);
    const cells = line.tooLong ? 'broken' : splitCsv(joined.text);
    if (cells === 'open' && this.open.length < rowLinesMax) return undefined;
    if (typeof cells === 'string') return this.giveUp(into);
    this.open = [];
    return this.give(joined, cells, into);
  }

  /** A quote was never closed: its line is lost, the lines after it get another chance. */
  private giveUp(into: FileRow[]): void {
    const [lost, ...others] = this.open;
    this.open = [];
    this.give(lost!, 'broken', into);
    for (const line of others) this.take(line, into);
  }

  private give(line: Line, cells: string[] | string, into: FileRow[]): void {
    if (this.header) {
      into.push(typeof cells === 'string' ? unreadable(line) : csvRow(line, cells, this.header));
      return;
    }
    const read = placesOf(typeof cells === 'string' ? [] : cells, this.contract);
    if ('code' in read) throw new FileFault({ ...read, line: line.number });
    this.header = headerOf(read.places);
  }
}

const joinedLine = (lines: Line[]): Line => ({
  ...lines[0]!,
  text: lines.map(({ text }) => text).join('\n'),
  length: lines.reduce((sum, { length }) => sum + length, 0),
});

/** A prepared file was written by us. */
class PreparedRows {
  take(line: Line, into: FileRow[]): void {
    into.push(rowOfPrepared(line));
  }

  end(): void {}
}

class JsonRows {
  private empty = true;

  constructor(private readonly contract: Contract) {}

  take(line: Line, into: FileRow[]): void {
    if (line.text.trim() === '') return;
    this.empty = false;
    into.push(line.tooLong ? unreadable(line) : jsonRow(line, this.contract));
  }

  /** Without a header an export that broke off before its first row looks like one with nothing to tell. */
  end(): void {
    if (this.empty)
      throw new FileFault({
        code: 'FILE_EMPTY',
        zh: '文件为空，没有数据行；请重新导出并报送',
        en: 'the file is empty, it has no rows: export it again',
      });
  }
}

function jsonRow(line: Line, contract: Contract): FileRow {
  const cells = cellsOfJson(line.text);
  if (cells === 'broken') return unreadable(line);
  const names = columnsOf(contract).map(({ name }) => name);
  const strange = [...cells.keys()].find((name) => !names.includes(name));
  if (strange !== undefined) return faultyRow(line, { code: 'FIELD_UNKNOWN', pointer: '' });
  const { number, text, offset, length } = line;
  return { line: number, raw: text, offset, length, cells: names.map((name) => cells.get(name) ?? ''), faults: [] };
}
