import { fenFromDecimal, never, parseDay, parseMonth } from '@app/kernel';

import type { Column } from '../contract/contract.rules.js';
import type { FaultCode } from './fault.rules.js';

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
      return dayCheck;
    case 'month':
      return monthCheck;
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

function numberCheck({ type, min = -Infinity, max = Infinity }: Column): CellCheck {
  return (cell) => {
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

function moneyCheck({ unit = 'yuan', negative = false }: Column): CellCheck {
  return (cell) => {
    const read = fenFromDecimal(cell, unit, { negative: true });
    if ('fault' in read) return moneyFaults[read.fault];
    if (read.fen < 0n && !negative) return 'MONEY_NEGATIVE';
    return { json: `"${read.fen}"` };
  };
}

const dayCheck: CellCheck = (cell) => {
  const day = parseDay(cell);
  return day === undefined ? 'DATE_INVALID' : { json: `"${day}"` };
};

const monthCheck: CellCheck = (cell, { today }) => {
  const month = parseMonth(cell);
  if (month === undefined) return 'MONTH_INVALID';
  return month > today.slice(0, 7) ? 'PERIOD_IN_FUTURE' : { json: `"${month}"` };
};

const yearCheck: CellCheck = (cell, { today }) => {
  if (!/^\d{4}$/.test(cell) || Number(cell) < yearMin) return 'YEAR_INVALID';
  return cell > today.slice(0, 4) ? 'PERIOD_IN_FUTURE' : { json: cell };
};
