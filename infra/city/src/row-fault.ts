import { addDays, day } from '@app/kernel';

import type { Random } from '../../demo-city/src/random.js';
import { type Column, columnsOf, type Feed, place } from './catalogue.js';

/** A line as it is going to be written; `broken`: it loses its end, `open`: a quote is never closed. */
export interface Written {
  cells: string[];
  shape?: 'broken' | 'open';
}

/** What is wrong, or looks wrong, with single rows. */
export const rowFaults = [
  'SHORT_CODE',
  'BAD_ALPHABET',
  'CHECK_DIGIT',
  'NO_CODE',
  'REPORT_IN_FUTURE',
  'EVENT_AFTER_REPORT',
  'NO_SUCH_DAY',
  'STRANGE_OPERATION',
  'EMPTY_REQUIRED',
  'STRANGE_CODE',
  'NEGATIVE_AMOUNT',
  'TOO_FINE_AMOUNT',
  'WITHDRAWS_UNKNOWN',
  'BROKEN_LINE',
  'OPEN_QUOTE',
  'FORMULA',
  'NUL_BYTE',
  'HUGE_CELL',
  'SEVERAL_LINES',
  'RARE_LETTERS',
  'ODD_AMOUNT',
  'LONG_KEY',
  'LONGEST_TEXT',
  'TOO_LONG_TEXT',
] as const;
export type RowFault = (typeof rowFaults)[number];

export interface FaultSite {
  random: Random;
  feed: Feed;
  /** Text files hold bytes that other forms cannot; fixed lines only what fits. */
  form: 'CSV' | 'NDJSON' | 'XLSX' | 'XML' | 'FIXED' | 'ZIP';
  /** The file has a last row with sums: what breaks lines would break them, too. */
  totals: boolean;
  today: string;
}

const inText = new Set<RowFault>(['BROKEN_LINE', 'OPEN_QUOTE', 'NUL_BYTE', 'HUGE_CELL', 'FORMULA']);
const breaksSums = new Set<RowFault>(['BROKEN_LINE', 'OPEN_QUOTE', 'NEGATIVE_AMOUNT', 'TOO_FINE_AMOUNT', 'ODD_AMOUNT']);
/** Lines of fixed width have no room for them. */
const wide = new Set<RowFault>([
  'SEVERAL_LINES',
  'RARE_LETTERS',
  'ODD_AMOUNT',
  'LONG_KEY',
  'LONGEST_TEXT',
  'TOO_LONG_TEXT',
]);

const isFreeText = ({ type, pattern, mayBeAbsent }: Column): boolean =>
  type === 'text' && pattern === undefined && mayBeAbsent !== true;
const isPlainMoney = ({ type, negative }: Column): boolean => type === 'money' && negative !== true;

/** What a feed needs for a fault. */
const needs: Partial<Record<RowFault, (column: Column) => boolean>> = {
  FORMULA: isFreeText,
  NUL_BYTE: isFreeText,
  HUGE_CELL: isFreeText,
  STRANGE_CODE: ({ type }) => type === 'code',
  NEGATIVE_AMOUNT: isPlainMoney,
  TOO_FINE_AMOUNT: isPlainMoney,
  ODD_AMOUNT: isPlainMoney,
  SEVERAL_LINES: isFreeText,
  RARE_LETTERS: isFreeText,
  LONGEST_TEXT: isFreeText,
  TOO_LONG_TEXT: isFreeText,
};

/** Which of them a row of this feed can have in this form. */
export function canHave(fault: RowFault, { feed, form, totals }: FaultSite): boolean {
  if (totals && breaksSums.has(fault)) return false;
  if (inText.has(fault) && form !== 'CSV' && form !== 'NDJSON') return false;
  if (wide.has(fault) && form === 'FIXED') return false;
  if (fault === 'OPEN_QUOTE') return form === 'CSV';
  const need = needs[fault];
  return need === undefined || feed.columns.some(need);
}

/** 900 kB: less than a line may have, more than any cell. */
const hugeCell = '长'.repeat(300_000);
const oddAmounts = ['1,234.00', '１２３', '1e5', '+5', '.5', '5.', '0x10', 'NaN', '--5', '1 000', '￥5', '5元'];
/** Of the text that is made too long. */
const lengthOf = (feed: Feed): number => feed.columns.find(isFreeText)?.maxLength ?? 200;
const formulas = ['=HYPERLINK("http://example.invalid","点此")', '@SUM(A1:A9)', '+1+1', '=cmd|calc!A0', '-2+3'];

/** The sound row with one fault in it. */
export function faultyRow(fault: RowFault, cells: string[], { random, feed, today }: FaultSite): Written {
  const set = (at: number, cell: string): Written => ({ cells: cells.with(at, cell) });
  const atColumn = (is: (column: Column) => boolean): number =>
    columnsOf(feed).findIndex((column, at) => at >= place.further && is(column));
  const code = cells[place.uscc]!;
  const report = cells[place.report]!;
  const makers: Record<RowFault, () => Written> = {
    SHORT_CODE: () => set(place.uscc, code.slice(0, 17)),
    BAD_ALPHABET: () => set(place.uscc, `${code.slice(0, 10)}I${code.slice(11)}`),
    CHECK_DIGIT: () => set(place.uscc, code.slice(0, 17) + (code.endsWith('0') ? '1' : '0')),
    NO_CODE: () => set(place.uscc, ''),
    REPORT_IN_FUTURE: () => set(place.report, addDays(day(today), random.int(1, 400))),
    EVENT_AFTER_REPORT: () => set(place.event, addDays(day(report), 1)),
    NO_SUCH_DAY: () => set(place.event, random.pick(['2026-02-30', '26-01-01', '2026-13', '20260931'])),
    STRANGE_OPERATION: () => set(place.op, random.pick(['X', 'i', ''])),
    EMPTY_REQUIRED: () =>
      set(
        atColumn(({ required }) => required === true),
        '',
      ),
    STRANGE_CODE: () =>
      set(
        atColumn(({ type }) => type === 'code'),
        '未定',
      ),
    NEGATIVE_AMOUNT: () => set(atColumn(isPlainMoney), '-1.00'),
    TOO_FINE_AMOUNT: () => set(atColumn(isPlainMoney), '1.1234567'),
    WITHDRAWS_UNKNOWN: () => set(place.op, 'D'),
    BROKEN_LINE: () => ({ cells, shape: 'broken' }),
    OPEN_QUOTE: () => ({ cells, shape: 'open' }),
    FORMULA: () => set(atColumn(isFreeText), random.pick(formulas)),
    NUL_BYTE: () => set(atColumn(isFreeText), 'A\0B'),
    HUGE_CELL: () => set(atColumn(isFreeText), hugeCell),
    SEVERAL_LINES: () => set(atColumn(isFreeText), '一\n\n"二",\n三'),
    RARE_LETTERS: () => set(atColumn(isFreeText), '𠮷野家😀㐂'),
    ODD_AMOUNT: () => set(atColumn(isPlainMoney), random.pick(oddAmounts)),
    LONG_KEY: () => set(place.key, cells[place.key]!.padEnd(201, 'K')),
    LONGEST_TEXT: () => set(atColumn(isFreeText), '长'.repeat(lengthOf(feed))),
    TOO_LONG_TEXT: () => set(atColumn(isFreeText), '长'.repeat(lengthOf(feed) + 1)),
  };
  return makers[fault]();
}
