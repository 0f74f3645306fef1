import { addDays, day, makeUscc } from '@app/kernel';

import type { Random } from '../../demo-city/src/random.js';
import { type Column, columnsOf, type Feed, place } from './catalogue.js';

const divisions = ['320505', '320506', '320507', '320508', '320509', '320583'];
const serialsFrom = 700_000_000;

/** Codes of firms that only this simulation knows; beyond the serials of the demo city. */
export const firmCodes = (random: Random, count: number): string[] =>
  Array.from({ length: count }, () => makeUscc(random.pick(divisions), serialsFrom + random.int(0, 100_000_000)));

/** What a sound row is made for. */
export interface Occasion {
  random: Random;
  feed: Feed;
  key: string;
  uscc: string;
  /** The day on which the department writes it. */
  report: string;
  /** Nothing but letters and digits: lines of fixed width have no room for more. */
  narrow: boolean;
}

/** A row that the contract allows in every cell, in the contract's order of columns. */
export function soundRow(occasion: Occasion): string[] {
  const { random, feed, key, uscc, report } = occasion;
  const event = addDays(day(report), -random.int(0, 20));
  const cells = columnsOf(feed)
    .slice(place.further)
    .map((column) => cellFor(column, occasion, event));
  return [key, uscc, event, report, 'I', ...cells];
}

/** Columns by which a row without a code would find its firm stay empty: nobody is to be guessed at here. */
const namesFirm = ({ identifyBy = {} }: Feed, { name, mayBeAbsent }: Column): boolean =>
  mayBeAbsent === true && Object.values(identifyBy).includes(name);

function cellFor(column: Column, occasion: Occasion, event: string): string {
  const { random, feed } = occasion;
  if (namesFirm(feed, column)) return '';
  if (column.required !== true && random.chance(0.25)) return '';
  return makers[column.type](column, occasion, event);
}

type Maker = (column: Column, occasion: Occasion, event: string) => string;

const makers: Record<Column['type'], Maker> = {
  text: textFor,
  list: (_column, { random }) => (random.chance(0.5) ? '旧称一号' : '旧称一号;旧称二号'),
  code: (column, { random }, event) => random.pick(codesOn(column, event)),
  integer: ({ min = 0, max = 100_000 }, { random }) => String(random.int(min, Math.min(max, min + 5_000))),
  decimal: ({ min = 0, max = 9_000 }, { random }) => (random.int(min * 100, max * 100) / 100).toString(),
  money: ({ negative }, { random }) =>
    `${negative && random.chance(0.1) ? '-' : ''}${random.int(0, 9_999_999)}${random.chance(0.7) ? `.${String(random.int(0, 99)).padStart(2, '0')}` : ''}`,
  day: (_column, { random, narrow }, event) => {
    const on = addDays(day(event), -random.int(0, 300));
    return narrow ? on.replaceAll('-', '') : on;
  },
  month: (_column, _occasion, event) => event.slice(0, 7),
  year: (_column, _occasion, event) => event.slice(0, 4),
};

function textFor({ pattern, header, maxLength = 200 }: Column, { random, narrow }: Occasion): string {
  if (pattern?.startsWith('^[A-T]')) return `C${random.int(1_000, 4_999)}`;
  if (pattern !== undefined) return random.pick(divisions);
  const number = random.int(1, 999_999);
  if (narrow) return `N${number}`;
  const tail = random.chance(0.04) ? '，含"引号", 逗号' : '';
  return `${header.replaceAll(/\(.*\)/g, '')}${number}${tail}`.slice(0, maxLength);
}

/** The list in force on the day of the fact. */
function codesOn({ codes, codeLists = [] }: Column, event: string): string[] {
  return codes ?? codeLists.findLast(({ from = '' }) => from <= event)!.codes;
}
