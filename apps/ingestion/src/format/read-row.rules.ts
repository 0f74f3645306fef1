import type { Contract, FileForm } from '../contract/contract.rules.js';
import { columnsOf } from '../contract/contract.rules.js';
import type { Fault } from '../row/fault.rules.js';

/** One row of a file of any form, before its checks. */
export interface ReadRow {
  /** Counted from 1 and rising; where it makes sense the file's own count. */
  line: number;
  /** Where a person finds the row: `名单!12`, `a.csv:3`; empty when the line number says it all. */
  place: string;
  /** The row as it came; empty when its cells say it all. */
  raw: string;
  /** In the contract's order; empty when the row could not be read. */
  cells: string[];
  faults: Fault[];
}

/** Something that a person should know of a file that was read all the same. */
export interface ReadNote {
  code: 'FORMULA_VALUES' | 'SHEETS_IGNORED' | 'MEMBERS_IGNORED';
  zh: string;
  en: string;
  count: number;
  /** Where it was first seen. */
  place: string;
}

/** What reading a file tells besides its rows. */
export interface ReadReport {
  /** Field names in the order of the file's columns; empty where a file has no columns. */
  layout: string[];
  notes: ReadNote[];
}

/** A file, or a member of an archive, as it lies on disk. */
export interface RawFile {
  path: string;
  form: Exclude<FileForm, 'ZIP'>;
  /** null: found out from the bytes. */
  charset: 'utf-8' | 'gb18030' | null;
  contract: Contract;
}

/**
 * Reads one form of file: rows in blocks, each block asked for only when the one before was used, so that memory stays
 * bounded whatever the file's size. Throws FileFault for a file that is none.
 */
export interface FeedReader {
  read(file: RawFile, report: ReadReport): AsyncGenerator<ReadRow[]>;
}

/** Counts a note, and keeps the place where it was first seen. */
export function note(report: ReadReport, found: Omit<ReadNote, 'count'>): void {
  const known = report.notes.find(({ code }) => code === found.code);
  if (known) known.count += 1;
  else report.notes.push({ ...found, count: 1 });
}

/** Cells in the contract's order, written as a line of CSV: how a row without a text of its own is shown. */
export const lineOf = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');

/** Place of each field among the contract's columns, by every name that a file may use for it. */
export function fieldPlaces(contract: Contract): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  columnsOf(contract).forEach(({ name, header }, place) => {
    const plain = header.normalize('NFKC').trim();
    // XML has no brackets in names: 注册资本(万元) may be written 注册资本 or 注册资本_万元.
    for (const alias of [name, plain, plain.replace(/\(.*\)$/, ''), plain.replaceAll('(', '_').replaceAll(')', '')])
      if (!places.has(alias)) places.set(alias, place);
  });
  return places;
}

/** Field names in the order of a file's columns, from the place of each column of the contract. */
export function layoutOf(contract: Contract, places: readonly number[] | undefined): string[] {
  const names = columnsOf(contract).map(({ name }) => name);
  if (!places) return names;
  const layout: string[] = [];
  names.forEach((name, column) => {
    if ((places[column] ?? -1) >= 0) layout[places[column]!] = name;
  });
  return layout;
}
