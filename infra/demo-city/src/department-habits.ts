import { addDays, type Day, day } from '@app/kernel';

import { type FeedColumns, leading } from './feed-columns.js';
import { flawedRow, type FlawPlan, flawsOf } from './flaws.js';
import type { Random } from './random.js';
import type { Delivery, Outcome, Row } from './row.js';

/** What happens to sound rows on their way out of a department. */
export interface Habits {
  readonly columns: FeedColumns;
  readonly today: Day;
  /** Files hold broken lines, doubled keys and stale rows; the tax bureau's journal does not. */
  readonly inFile: boolean;
  /** Rows of earlier deliveries are changed, withdrawn, moved and sent again; off for feeds the pyramid rests on. */
  readonly tracked: boolean;
}

/** Shares of the rows of a delivery; together with `badShare` they give a file that looks like one of a real department. */
const badShare = 0.007;
const doubledShare = 0.002;
const retypedShare = 0.003;
const withoutCodeShare = 0.008;
const historyShares = { changed: 0.004, withdrawn: 0.0015, moved: 0.001, resent: 0.0015, stale: 0.0015 };
type History = keyof typeof historyShares;

/** Adds to clean deliveries of one feed, in their order, what departments do to their rows. */
export function* liveDeliveries(random: Random, deliveries: Iterable<Delivery>, habits: Habits): Generator<Delivery> {
  let previous: readonly Row[] = [];
  let serial = 0;
  const touched = new Set<Row>();
  const kinds = random.shuffle(flawsOf(habits.columns, habits.inFile));
  for (const delivery of deliveries) {
    const rows: Row[] = [];
    for (const row of delivery.rows) {
      if (habits.inFile && random.chance(doubledShare)) rows.push(...doubled(random, row, habits.columns));
      rows.push(retyped(random, row, habits));
    }
    const history = habits.tracked ? historyOf(random, { delivery, previous, touched, habits }) : [];
    const bad = Math.floor(delivery.rows.length * badShare + random.next());
    for (let count = 0; count < bad; count += 1) {
      const flaw = kinds[serial % kinds.length] ?? 'CHECK_DIGIT';
      serial += 1;
      const plan: FlawPlan = { columns: habits.columns, today: habits.today, serial };
      rows.splice(random.int(0, rows.length), 0, flawedRow(random, random.pick(delivery.rows), flaw, plan));
    }
    yield { ...delivery, rows: [...rows, ...history] };
    previous = delivery.rows;
  }
}

/** The same key and report date earlier in the same file, with another figure: only the later line counts. */
function doubled(random: Random, row: Row, columns: FeedColumns): Row[] {
  const cells = corrected(random, row.cells, columns);
  return cells === undefined || row.outcome !== 'accepted' ? [] : [{ cells, outcome: 'stale' }];
}

/** Clerks type codes in lower case, full width or with blanks; utilities leave the code out where the account says it. */
function retyped(random: Random, row: Row, habits: Habits): Row {
  const account = habits.columns.fields.includes('account');
  const withoutCode = account && random.chance(withoutCodeShare);
  if (!withoutCode && !random.chance(retypedShare)) return row;
  const code = row.cells[leading.uscc] ?? '';
  const style = random.int(0, 2);
  const shown = withoutCode ? '' : style === 0 ? code.toLowerCase() : style === 1 ? ` ${code} ` : fullWidth(code);
  return { ...row, typed: row.cells.with(leading.uscc, shown) };
}

interface HistoryInputs {
  readonly delivery: Delivery;
  readonly previous: readonly Row[];
  readonly touched: Set<Row>;
  readonly habits: Habits;
}

/**
 * Rows about keys of the delivery before, or of this one when it is the first and only so far. Each key is touched once,
 * so that what becomes of a row follows from the row alone.
 */
function historyOf(random: Random, { delivery, previous, touched, habits }: HistoryInputs): Row[] {
  const own = previous.length === 0;
  const pool = (own ? delivery.rows : previous).filter((row) => row.outcome === 'accepted');
  if (pool.length < 20) return [];
  const latest = latestReport(delivery.rows);
  const rows: Row[] = [];
  for (const [kind, share] of Object.entries(historyShares) as [History, number][]) {
    const count = Math.floor(pool.length * share + random.next());
    for (let drawn = 0; drawn < count; drawn += 1) {
      const row = random.pick(pool);
      const other = random.pick(pool);
      const next = touched.has(row) ? undefined : followUp(random, { kind, row, other, own, latest, habits });
      touched.add(row);
      if (next) rows.push(next);
    }
  }
  return rows;
}

interface FollowUp {
  readonly kind: History;
  readonly row: Row;
  /** Lends its code when the row moves. */
  readonly other: Row;
  readonly own: boolean;
  readonly latest: Day;
  readonly habits: Habits;
}

function followUp(random: Random, inputs: FollowUp): Row | undefined {
  const { kind, row, other, latest, habits } = inputs;
  const report = day(row.cells[leading.report] ?? '');
  const later = latest > report ? latest : addDays(report, 3);
  if (later > habits.today) return undefined;
  const changed = corrected(random, row.cells, habits.columns);
  switch (kind) {
    case 'changed':
      return changed && stamped(changed, 'U', later, 'accepted');
    case 'withdrawn':
      return stamped(row.cells, 'D', later, 'accepted');
    case 'resent':
      return stamped(row.cells, 'U', later, 'unchanged');
    case 'moved':
      return moved(row, other, later);
    default:
      return changed && outdated(inputs, changed, addDays(report, -1));
  }
}

function moved(row: Row, other: Row, on: Day): Row | undefined {
  const code = other.cells[leading.uscc] ?? '';
  if (code === row.cells[leading.uscc]) return undefined;
  return stamped(row.cells.with(leading.uscc, code), 'U', on, 'accepted');
}

/** In one file the older row would come first and be no longer stale; the journal of the tax bureau has none. */
function outdated({ row, own, habits }: FollowUp, changed: readonly string[], older: Day): Row | undefined {
  if (own || !habits.inFile || older < (row.cells[leading.event] ?? '')) return undefined;
  return stamped(changed, 'U', older, 'stale');
}

function stamped(cells: readonly string[], op: 'U' | 'D', on: Day, outcome: Outcome): Row {
  return { cells: cells.with(leading.op, op).with(leading.report, on), outcome };
}

/** The cells with another figure (or wording) in the field the department corrects; undefined where it has none. */
function corrected(random: Random, cells: readonly string[], columns: FeedColumns): string[] | undefined {
  if (columns.corrected === undefined) return undefined;
  const place = columns.fields.indexOf(columns.corrected);
  const value = cells[place] ?? '';
  if (!/^-?\d+(\.\d+)?$/.test(value)) return cells.with(place, `${value}（更正）`);
  const figure = Number(value) * random.between(0.9, 1.1) + random.int(1, 90);
  return cells.with(place, figure.toFixed(2));
}

function latestReport(rows: readonly Row[]): Day {
  return rows.reduce<Day>((latest, row) => {
    const report = row.cells[leading.report] ?? '';
    return report > latest ? day(report) : latest;
  }, day('1900-01-01'));
}

function fullWidth(code: string): string {
  return Array.from(code, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
}
