import { readFile } from 'node:fs/promises';

import { checkUscc, normaliseUscc, parseDay } from '@app/kernel';
import iconv from 'iconv-lite';
import { parse as parseYaml } from 'yaml';

import type { City } from '../src/city.js';
import { columnsOf, feedNames } from '../src/feed-columns.js';
import { itemOf } from '../src/feed-file.js';
import type { ExpectedCounts, ManifestFile } from '../src/manifest.js';
import { accountsOf } from '../src/operation-rows.js';
import { pulledRows } from '../src/write-feed-files.js';

/** A column as the platform's contract has it. */
export interface ContractColumn {
  readonly name: string;
  readonly header: string;
  readonly type: string;
  readonly negative?: boolean;
  readonly required?: boolean;
  readonly mayBeAbsent?: boolean;
  readonly codes?: string[];
  readonly codeLists?: { from?: string; codes: string[] }[];
}

type Contracts = ReadonlyMap<string, ContractColumn[]>;
type Judged = { readonly row: string[] } | { readonly fault: 'refused' | 'quarantined' };

/** Places of the leading columns. */
const [key, uscc, event, report, op, further] = [0, 1, 2, 3, 4, 5];

/** Reads files as a stranger would, with the rules of a row and nothing that the generator knows of its rows. */
export class ReferenceReader {
  readonly #heads = new Map<string, Map<string, Head>>();
  readonly #accounts: ReadonlyMap<string, string>;

  constructor(
    private readonly city: City,
    private readonly contracts: Contracts,
  ) {
    this.#accounts = new Map(accountsOf(city).map((one) => [`${one.kind}|${one.account}`, one.uscc] as const));
  }

  file(entry: ManifestFile, content: Buffer): ExpectedCounts {
    const { fields, headers } = columnsOf(entry.feed);
    const text = iconv.decode(content, entry.charset);
    if (entry.form === 'ndjson') {
      const lines = text.trimEnd().split('\n');
      return this.#count(
        entry.feed,
        lines.map((line) => fromJson(line, fields)),
      );
    }
    const [head, ...rows] = readCsv(text);
    if (head?.join() !== headers.join()) throw new Error(`${entry.file} has another header: ${head?.join()}`);
    return this.#count(
      entry.feed,
      rows.map((row) => (row.length === headers.length ? row : undefined)),
    );
  }

  /** The tax bureau's journal in pages of 500. */
  pull(feed: string): ExpectedCounts {
    const rows = pulledRows(this.city, feed).map((row) => Object.values(itemOf(row, columnsOf(feed))));
    const total = nothing();
    for (let from = 0; from < rows.length; from += 500) {
      const page = this.#count(feed, rows.slice(from, from + 500));
      for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += page[name];
    }
    return total;
  }

  #count(feed: string, rows: (string[] | undefined)[]): ExpectedCounts {
    const counts = { ...nothing(), read: rows.length };
    const sound: string[][] = [];
    for (const raw of rows) {
      const judged = this.#judge(feed, raw);
      if ('fault' in judged) counts[judged.fault] += 1;
      else sound.push(judged.row);
    }
    const last = new Map(sound.map((row, line) => [`${row[key]} ${row[report]}`, line] as const));
    const left = sound.filter((row, line) => last.get(`${row[key]} ${row[report]}`) === line);
    const kept = new Set(left);
    const known = new Set(sound.filter((row) => !kept.has(row)).map((row) => row[key] ?? ''));
    counts.stale += sound.length - left.length;
    for (const row of left.toSorted((one, other) => compare(one[report], other[report]))) {
      counts[this.#apply(feed, row, known)] += 1;
    }
    return counts;
  }

  #judge(feed: string, raw: string[] | undefined): Judged {
    if (raw === undefined) return { fault: 'refused' };
    const columns = this.contracts.get(feed) ?? [];
    const code = this.#codeOf(raw, columns);
    if (code === '') return { fault: 'quarantined' };
    const { disposition } = checkUscc(code);
    if (disposition !== 'ACCEPT') return { fault: disposition === 'REJECT' ? 'refused' : 'quarantined' };
    const days = this.#daysOf(raw);
    const sound = days && columns.every((column, place) => fits(column, raw[further + place] ?? '', days.happened));
    if (!sound) return { fault: 'quarantined' };
    return { row: raw.with(uscc, code).with(event, days.happened).with(report, days.reported) };
  }

  #daysOf(raw: string[]): { happened: string; reported: string } | undefined {
    const [happened, reported] = [parseDay(raw[event] ?? ''), parseDay(raw[report] ?? '')];
    if (happened === undefined || reported === undefined) return undefined;
    return happened > reported || reported > this.city.calendar.today ? undefined : { happened, reported };
  }

  #codeOf(raw: string[], columns: ContractColumn[]): string {
    const cell = (name: string) => raw[further + columns.findIndex((column) => column.name === name)] ?? '';
    const given = normaliseUscc(raw[uscc] ?? '');
    return given === '' ? (this.#accounts.get(`${cell('kind')}|${cell('account')}`) ?? '') : given;
  }

  #apply(feed: string, row: string[], known: ReadonlySet<string>): 'accepted' | 'unchanged' | 'stale' | 'quarantined' {
    const heads = this.#heads.get(feed) ?? new Map<string, Head>();
    this.#heads.set(feed, heads);
    const [name, day] = [row[key] ?? '', row[report] ?? ''];
    const head = heads.get(name);
    if (head === undefined && row[op] === 'D' && !known.has(name)) return 'quarantined';
    if (head !== undefined && day < head.report) return 'stale';
    const content = row.filter((_, place) => ![key, report, op].includes(place)).join('\u0001');
    const same = head !== undefined && isSame(head, row[op] === 'D', content);
    heads.set(name, { report: day, content: same ? head.content : content, hidden: row[op] === 'D' });
    return same ? 'unchanged' : 'accepted';
  }
}

interface Head {
  readonly report: string;
  readonly content: string;
  readonly hidden: boolean;
}

const isSame = (head: Head, withdraws: boolean, content: string): boolean =>
  withdraws ? head.hidden : !head.hidden && head.content === content;

const nothing = () => ({ read: 0, accepted: 0, unchanged: 0, stale: 0, quarantined: 0, refused: 0 });

const compare = (one = '', other = ''): number => (one < other ? -1 : one > other ? 1 : 0);

const forms: Readonly<Record<string, RegExp>> = {
  money: /^-?\d+(\.\d{1,2})?$/,
  integer: /^\d+$/,
  decimal: /^\d+(\.\d+)?$/,
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  year: /^\d{4}$/,
};

function fits(column: ContractColumn, cell: string, happened: string): boolean {
  if (cell === '') return column.required !== true;
  if (column.type === 'day') return parseDay(cell) !== undefined;
  if (column.type !== 'code')
    return forms[column.type]?.test(cell) !== false && !(cell.startsWith('-') && isBelow(column));
  const dated = column.codeLists?.findLast((list) => (list.from ?? '') <= happened);
  return (column.codes ?? dated?.codes ?? []).includes(cell);
}

const isBelow = (column: ContractColumn): boolean => column.type === 'money' && column.negative !== true;

function fromJson(line: string, fields: readonly string[]): string[] | undefined {
  try {
    const item = JSON.parse(line) as Record<string, string>;
    return fields.map((field) => item[field] ?? '');
  } catch {
    return undefined;
  }
}

/** RFC 4180, quotes and line breaks within them included. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && row.length === 0) break;
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The platform's contracts of all feeds of the city. */
export async function readContracts(): Promise<Contracts> {
  return new Map(await Promise.all(feedNames.map(async (feed) => [feed, await contractOf(feed)] as const)));
}

export async function contractOf(feed: string): Promise<ContractColumn[]> {
  const text = await readFile(new URL(`../../contracts/${feed}.yaml`, import.meta.url), 'utf8');
  // The city's departments send what they always sent: columns that may be absent are.
  return (parseYaml(text) as { columns: ContractColumn[] }).columns.filter(({ mayBeAbsent }) => mayBeAbsent !== true);
}
