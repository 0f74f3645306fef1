import type { Column } from '../contract/contract.rules.js';
import type { FaultCode } from '../row/fault.rules.js';

/** A cell as a worksheet has it. */
export interface SheetCell {
  /** s: shared string, str: formula's text, inlineStr, b, e, d, n (also when absent). */
  type: string;
  value: string;
  /** The cell's style shows a date. */
  dated: boolean;
  formula: boolean;
}

type ColumnType = Column['type'];

const dayMs = 86_400_000;
/** Day 0 of the two date systems; the first one counts a 29 February 1900 that never was. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
const phantomLeapDay = 60;
/** Day 2958465 is 9999-12-31. */
const serialMax = 2_958_466;

/** The text that a CSV file would hold; or why the cell has none. Shared strings are looked up before. */
export function textOfCell(
  cell: SheetCell,
  type: ColumnType | undefined,
  system: 1900 | 1904,
): { text: string } | FaultCode {
  if (cell.type === 'e') return 'CELL_ERROR';
  if (cell.formula && cell.value === '') return 'CELL_NO_VALUE';
  if (cell.type === 'b') return { text: cell.value === '1' ? '是' : '否' };
  if (cell.type === 'd') return { text: dayForm(cell.value.replace(/T00:00(:00(\.0+)?)?Z?$/, ''), type) };
  if (cell.type !== 'n' || cell.value === '') return { text: cell.value };
  return textOfNumber(cell, type, system);
}

function textOfNumber(
  cell: SheetCell,
  type: ColumnType | undefined,
  system: 1900 | 1904,
): { text: string } | FaultCode {
  const number = Number(cell.value);
  if (!Number.isFinite(number)) return 'CELL_ERROR';
  if (cell.dated) return { text: dayForm(dayOfSerial(number, system) ?? plainNumber(number), type) };
  // Long numbers such as accounts were rounded by the workbook before we saw them.
  if (Math.abs(number) >= 1e15 && type !== 'decimal') return 'CELL_DIGITS_LOST';
  return { text: plainNumber(number) };
}

/** A month column takes the month of a date, a year column its year. */
function dayForm(day: string, type: ColumnType | undefined): string {
  if (type === 'month') return day.slice(0, 7);
  return type === 'year' ? day.slice(0, 4) : day;
}

/** 15 digits is what a workbook shows: 0.1+0.2 is 0.3 to the person who typed it. No exponents. */
export function plainNumber(number: number): string {
  const shown = Number(number.toPrecision(15));
  const text = String(shown);
  if (!text.includes('e')) return text;
  return Math.abs(shown) >= 1 ? BigInt(Math.trunc(shown)).toString() : shown.toFixed(20).replace(/0+$/, '');
}

/** `YYYY-MM-DD`, with the time of day behind it unless it is midnight; undefined when the number is no day. */
export function dayOfSerial(serial: number, system: 1900 | 1904): string | undefined {
  if (serial < 0 || serial >= serialMax) return undefined;
  if (system === 1900 && Math.floor(serial) === phantomLeapDay) return undefined;
  const shift = system === 1900 && serial < phantomLeapDay ? 1 : 0;
  // Times are whole seconds: fractions of a day are not exact in binary.
  const seconds = Math.round((serial + shift) * 86_400);
  const instant = new Date(epochs[system] + seconds * 1_000);
  const day = instant.toISOString().slice(0, 10);
  return (instant.getTime() - epochs[1900]) % dayMs === 0 ? day : `${day} ${instant.toISOString().slice(11, 19)}`;
}

/** Formats that every workbook knows: dates, times with dates, and the East Asian ones. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);

/** Does a number format show a day or a month? Quoted text, escaped signs, colours and conditions are no part of it. */
export function showsDate(formatId: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(formatId);
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  return /[yd年]/i.test(bare) || /^[^hs]*m[^hs]*$/i.test(bare);
}

/** 0 for A, 27 for AB; -1 when the reference is none. Row numbers are left alone. */
export function columnOfReference(reference: string): number {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return -1;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A for 0, AB for 27. */
export function columnLetters(place: number): string {
  const rest = Math.floor(place / 26) - 1;
  return (rest < 0 ? '' : columnLetters(rest)) + String.fromCharCode(65 + (place % 26));
}
