import { addDays, type Day, day } from '@app/kernel';

import { type FeedColumns, leading } from './feed-columns.js';
import type { Random } from './random.js';
import { type Flaw, flaws, type Row } from './row.js';

/** These can never become a record (feeds.md): refused. All others wait in quarantine for a correction. */
const refused: ReadonlySet<Flaw> = new Set<Flaw>(['SHORT_CODE', 'BAD_ALPHABET', 'TOO_FEW_COLUMNS']);

/** Which flaws rows of this feed can have. Short rows exist in files only: an API's items are whole. */
export function flawsOf(columns: FeedColumns, inFile: boolean): Flaw[] {
  return flaws.filter((flaw) => {
    if (flaw === 'UNKNOWN_CODE') return columns.codes.length > 0;
    if (flaw === 'NEGATIVE_AMOUNT') return columns.amounts.length > 0;
    return flaw !== 'TOO_FEW_COLUMNS' || inFile;
  });
}

export interface FlawPlan {
  readonly columns: FeedColumns;
  readonly today: Day;
  /** Makes the key of the bad row unlike any other. */
  readonly serial: number;
}

/**
 * A further row made from a sound one, with a key of its own, so that a bad row never hides the good one and what
 * becomes of it does not depend on its neighbours.
 */
export function flawedRow(random: Random, sound: Row, flaw: Flaw, plan: FlawPlan): Row {
  const cells = [...sound.cells];
  cells[leading.key] = `${cells[leading.key]}-X${plan.serial}`;
  const code = cells[leading.uscc] ?? '';
  spoilers[flaw]({ random, cells, plan, code, report: day(cells[leading.report] ?? '') });
  const outcome = refused.has(flaw) ? 'refused' : 'quarantined';
  return { cells, outcome, flaw, ...(flaw === 'TOO_FEW_COLUMNS' ? { broken: true } : {}) };
}

interface Spoil {
  readonly random: Random;
  readonly cells: string[];
  readonly plan: FlawPlan;
  readonly code: string;
  readonly report: Day;
}

/** What each flaw does to the cells of the further row. */
const spoilers: Record<Flaw, (spoil: Spoil) => void> = {
  SHORT_CODE: ({ random, cells, code }) => {
    cells[leading.uscc] = code.slice(0, random.pick([9, 15, 17]));
  },
  BAD_ALPHABET: ({ random, cells, code }) => {
    cells[leading.uscc] = `${code.slice(0, 11)}${random.pick(['I', 'O', 'S', 'Z'])}${code.slice(12)}`;
  },
  CHECK_DIGIT: ({ cells, code }) => {
    cells[leading.uscc] = `${code.slice(0, 17)}${code.endsWith('7') ? 'K' : '7'}`;
  },
  IMPOSSIBLE_DATE: ({ random, cells, report }) => {
    cells[leading.event] = `${report.slice(0, 4)}-02-${random.pick(['30', '31'])}`;
  },
  EVENT_AFTER_REPORT: ({ random, cells, report }) => {
    cells[leading.event] = addDays(report, random.int(1, 20));
  },
  FUTURE_REPORT: ({ cells, plan }) => {
    // Far enough ahead to stay in the future while a demo is in use.
    cells[leading.report] = addDays(plan.today, 3_000);
  },
  UNKNOWN_WITHDRAWAL: ({ cells }) => {
    cells[leading.op] = 'D';
  },
  UNKNOWN_CODE: ({ random, cells, plan }) => {
    cells[place(plan.columns, random.pick(plan.columns.codes))] = '未知类别';
  },
  NEGATIVE_AMOUNT: ({ random, cells, plan }) => {
    cells[place(plan.columns, random.pick(plan.columns.amounts))] = `-${random.int(1, 9_000)}`;
  },
  // The writer of the file breaks the line off.
  TOO_FEW_COLUMNS: () => undefined,
  NO_CODE: ({ cells, plan }) => {
    cells[leading.uscc] = '';
    unmap(cells, plan.columns);
  },
};

/** A utility row without a code is sound when its account is mapped: this one is not. */
function unmap(cells: string[], columns: FeedColumns): void {
  const account = columns.fields.indexOf('account');
  if (account >= 0) cells[account] = `${cells[account]}-临时`;
}

function place(columns: FeedColumns, field: string): number {
  const found = columns.fields.indexOf(field);
  if (found < 0) throw new RangeError(`${columns.feed} has no field ${field}`);
  return found;
}
