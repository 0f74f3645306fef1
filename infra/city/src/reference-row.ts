import { type Column, columnsOf, type Feed, place } from './catalogue.js';
import type { ReadRow } from './reference-reader.js';

/** A row that may become a record, as the written rules want it. */
export interface SoundRow {
  line: number;
  key: string;
  uscc: string;
  event: string;
  report: string;
  withdraws: boolean;
  fields: Record<string, unknown>;
}

export type Verdict = SoundRow | { line: number; aside: 'QUARANTINED' | 'REFUSED' };

const keyLengthMax = 200;
const refused = 'REFUSED';
const quarantined = 'QUARANTINED';

/** One row by the feeds' page and the contract: what it says, or how it is set aside. */
export function verdictOn(feed: Feed, { line, cells }: ReadRow, today: string): Verdict {
  if (cells === 'BROKEN') return { line, aside: refused };
  if (cells === 'UNKNOWN_FIELD') return { line, aside: quarantined };
  const cell = (name: string): string => (cells.get(name) ?? '').trim();
  const uscc = cell('uscc').normalize('NFKC').toUpperCase().replaceAll(/\s/g, '');
  const code = judgedCode(uscc);
  if (code === refused) return { line, aside: refused };
  const [event, report] = [dayIn(cell('event_date')), dayIn(cell('report_date'))];
  const key = cell('record_key');
  const op = cell('op');
  const sound =
    code === 'SOUND' &&
    key !== '' &&
    key.length <= keyLengthMax &&
    ['I', 'U', 'D'].includes(op) &&
    daysFit(event, report, today);
  const fields = fieldsOf(feed, cell, { event: event ?? today, today, withdraws: op === 'D' });
  if (!sound || !fields) return { line, aside: quarantined };
  return { line, key, uscc, event: event!, report: report!, withdraws: op === 'D', fields };
}

const daysFit = (event: string | undefined, report: string | undefined, today: string): boolean =>
  event !== undefined && report !== undefined && event <= report && report <= today;

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: eighteen characters, the last of which checks the others by powers of three. */
function judgedCode(code: string): 'SOUND' | 'REFUSED' | 'QUARANTINED' {
  if (code === '') return quarantined;
  const values = Array.from(code, (character) => alphabet.indexOf(character));
  if (values.length !== 18 || values.includes(-1) || !/^..\d{6}/.test(code)) return refused;
  let [sum, weight] = [0, 1];
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (sum + values[17]!) % 31 === 0 ? 'SOUND' : quarantined;
}

/** `YYYY-MM-DD` or `YYYYMMDD`, and a day that the calendar has. */
function dayIn(text: string): string | undefined {
  const [, year, , month, date] = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const written = `${year}-${month}-${date}`;
  const time = Date.parse(`${written}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written) ? written : undefined;
}

interface Occasion {
  event: string;
  today: string;
  withdraws: boolean;
}

function fieldsOf(feed: Feed, cell: (name: string) => string, occasion: Occasion): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (const column of columnsOf(feed).slice(place.further)) {
    const text = cell(column.name);
    if (text === '' && column.required && !occasion.withdraws) return undefined;
    if (text === '') continue;
    const value = valueOf(column, text, occasion);
    if (value === undefined) return undefined;
    fields[column.name] = value;
  }
  return fields;
}

/** What a cell comes to be; undefined when it may not be that. */
const valueOf = (column: Column, text: string, occasion: Occasion): unknown =>
  readers[column.type](column, text, occasion);

type Reader = (column: Column, text: string, occasion: Occasion) => unknown;

const readers: Record<Column['type'], Reader> = {
  text: (column, text) => (isText(column, text) ? text : undefined),
  list: (column, text) => (isText(column, text) ? text.split(column.separator ?? ';').filter((one) => one) : undefined),
  code: (column, text, { event }) => (codesOn(column, event).includes(text) ? text : undefined),
  money: (column, text) => fenIn(column, text),
  integer: (column, text) => numberIn(column, text),
  decimal: (column, text) => numberIn(column, text),
  day: (_column, text) => dayIn(text),
  month: (_column, text, { today }) =>
    /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text <= today.slice(0, 7) ? text : undefined,
  year: (_column, text, { today }) => (/^\d{4}$/.test(text) && text <= today.slice(0, 4) ? Number(text) : undefined),
};

// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

const isText = ({ maxLength = 200, pattern }: Column, text: string): boolean =>
  text.length <= maxLength && !control.test(text) && (pattern === undefined || new RegExp(pattern).test(text));

const codesOn = ({ codes, codeLists = [] }: Column, event: string): string[] =>
  codes ?? codeLists.findLast(({ from = '' }) => from <= event)?.codes ?? [];

function numberIn({ min = -Infinity, max = Infinity }: Column, text: string): number | undefined {
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** 元 has two digits behind the point, 万元 six; all become whole fen, told as text. */
function fenIn({ unit, negative }: Column, text: string): string | undefined {
  const digits = unit === 'wan' ? 6 : 2;
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (sign === undefined || (sign === '-' && !negative)) return undefined;
  const exact = fraction.replace(/0+$/, '');
  if (exact.length > digits) return undefined;
  return String(BigInt(`${sign}${whole}${exact.padEnd(digits, '0')}`));
}
