import { fenFromDecimal, never, parseDay, parseMonth } from '@app/kernel';

import type { Column } from '../contract/contract.rules.js';
import type { FaultCode } from './fault.rules.js';
import { remembering } from './remembering.rules.js';

/** What a check of one cell may need to know of its row and day. */
export interface CellContext {
  eventDate: string;
  today: string;
}

/** The JSON text of the value, or the code of the fault. The cell is trimmed and not empty. */
export type CellCheck = (cell: string, context: CellContext) => { json: string } | FaultCode;

const textLengthMax = 200;
const yearMin = 1900;
const decimalPattern = /^-?\d{1,15}(\.\d{1,6})?$/;

/** Line breaks and tabs are part of addresses; other control characters and half characters cannot be kept. */
// oxlint-disable-next-line no-control-regex
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;

export const isStorable = (text: string): boolean => !unstorable.test(text);

/** Builds the check of a column once, so that a row costs only calls. */
export function cellCheckOf(column: Column): CellCheck {
  switch (column.type) {
    case 'text':
      return textCheck(column);
    case 'list':
      return listCheck(column);
    case 'code':
      return column.codeLists ? datedCodeCheck(column) : codeCheck(column);
    case 'integer':
    case 'decimal':
      return numberCheck(column);
    case 'money':
      return moneyCheck(column);
    case 'day':
      return dayCheck();
    case 'month':
      return monthCheck();
    case 'year':
      return yearCheck;
    default:
      return never(column.type);
  }
}

function textCheck({ maxLength = textLengthMax, pattern }: Column): CellCheck {
  const form = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (cell) => {
    if (cell.length > maxLength) return 'TEXT_TOO_LONG';
    if (!isStorable(cell)) return 'TEXT_CONTROL';
    if (form && !form.test(cell)) return 'TEXT_PATTERN';
    return { json: JSON.stringify(cell) };
  };
}

function listCheck({ maxLength = textLengthMax, separator = ';' }: Column): CellCheck {
  const between = separator === ';' ? /[;；]/ : separator;
  return (cell) => {
    if (cell.length > maxLength) return 'TEXT_TOO_LONG';
    if (!isStorable(cell)) return 'TEXT_CONTROL';
    const items = cell.split(between).map((item) => item.trim());
    return { json: JSON.stringify(items.filter((item) => item !== '')) };
  };
}

const codesOf = (codes: readonly string[]): Map<string, { json: string }> =>
  new Map(codes.map((code) => [code, { json: JSON.stringify(code) }]));

function codeCheck(column: Column): CellCheck {
  const codes = codesOf(column.codes ?? []);
  return (cell) => codes.get(cell) ?? 'CODE_UNKNOWN';
}

/** A list goes by the day of the fact, not by the day of reading: the last one that began by then. */
function datedCodeCheck(column: Column): CellCheck {
  const lists = (column.codeLists ?? [])
    .map(({ from = '', codes }) => ({ from, codes: codesOf(codes) }))
    .toSorted((a, b) => (a.from < b.from ? 1 : -1));
  const known = codesOf((column.codeLists ?? []).flatMap(({ codes }) => codes));
  return (cell, { eventDate }) =>
    lists.find(({ from }) => from <= eventDate)?.codes.get(cell) ??
    (known.has(cell) ? 'CODE_NOT_IN_FORCE' : 'CODE_UNKNOWN');
}

const plainDigitsMax = 15;

/** Most numbers are digits alone, without a zero in front: their value, or -1 for the few that are read with care. */
function plainInteger(cell: string): number {
  if (cell === '' || cell.length > plainDigitsMax || (cell.length > 1 && cell.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let at = 0; at < cell.length; at += 1) {
    const digit = cell.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function numberCheck({ type, min = -Infinity, max = Infinity }: Column): CellCheck {
  return (cell) => {
    const plain = plainInteger(cell);
    if (plain >= 0) return plain < min || plain > max ? 'NUMBER_RANGE' : { json: cell };
    if (!decimalPattern.test(cell)) return 'NUMBER_INVALID';
    const value = Number(cell);
    if (type === 'integer' && !Number.isSafeInteger(value)) return 'NUMBER_INVALID';
    if (value < min || value > max) return 'NUMBER_RANGE';
    // String() writes the shortest form: 12.50 and 12.5 are one content.
    return { json: String(value === 0 ? 0 : value) };
  };
}

const moneyFaults = {
  FORMAT: 'MONEY_FORMAT',
  SEPARATOR: 'MONEY_SEPARATOR',
  TOO_FINE: 'MONEY_TOO_FINE',
  TOO_LARGE: 'MONEY_TOO_LARGE',
} as const;

/**
 * Whole fen of an amount that is nothing but digits, with a point and no more digits behind it than the unit has, small
 * enough to be exact; undefined for whatever `fenFromDecimal` has to look at.
 */
export function plainFen(cell: string, decimals: number): number | undefined {
  const point = cell.indexOf('.');
  if (cell === '') return undefined;
  const behind = point < 0 ? 0 : cell.length - point - 1;
  if (cell.length + decimals - behind > plainDigitsMax || point === 0) return undefined;
  if (behind > decimals || point === cell.length - 1) return undefined;
  let value = 0;
  for (let at = 0; at < cell.length; at += 1) {
    if (at === point) continue;
    const digit = cell.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value * 10 ** (decimals - behind);
}

const decimalsOf = { yuan: 2, wan: 6 } as const;

function moneyCheck({ unit = 'yuan', negative = false }: Column): CellCheck {
  const decimals = decimalsOf[unit];
  return (cell) => {
    const plain = plainFen(cell, decimals);
    if (plain !== undefined) return { json: `"${plain}"` };
    const read = fenFromDecimal(cell, unit, { negative: true });
    if ('fault' in read) return moneyFaults[read.fault];
    if (read.fen < 0n && !negative) return 'MONEY_NEGATIVE';
    return { json: `"${read.fen}"` };
  };
}

function dayCheck(): CellCheck {
  const read = remembering((cell) => {
    const day = parseDay(cell);
    return day === undefined ? ('DATE_INVALID' as const) : { json: `"${day}"` };
  });
  return (cell) => read(cell);
}

function monthCheck(): CellCheck {
  const read = remembering((cell) => {
    const month = parseMonth(cell);
    return month === undefined ? undefined : { month, json: `"${month}"` };
  });
  return (cell, { today }) => {
    const found = read(cell);
    if (found === undefined) return 'MONTH_INVALID';
    return found.month > today.slice(0, 7) ? 'PERIOD_IN_FUTURE' : found;
  };
}

const yearCheck: CellCheck = (cell, { today }) => {
  if (!/^\d{4}$/.test(cell) || Number(cell) < yearMin) return 'YEAR_INVALID';
  return cell > today.slice(0, 4) ? 'PERIOD_IN_FUTURE' : { json: cell };
};
