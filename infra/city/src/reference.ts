import type { Delivery } from './plan.js';
import { readFile } from './reference-reader.js';
import { type SoundRow, verdictOn } from './reference-row.js';

export interface Counts {
  read: number;
  accepted: number;
  unchanged: number;
  stale: number;
  quarantined: number;
  refused: number;
}

/** The record in force, or hidden, under one key. */
export interface Head {
  uscc: string;
  version: number;
  event: string;
  withdrawn: boolean;
  fields: Record<string, unknown>;
  report: string;
  /** Where its version stands. */
  reference: string;
  line: number;
}

export interface Expected {
  /** Codes of which a file that fails has to tell one. */
  problem: readonly string[] | undefined;
  counts: Counts;
  aside: ReadonlyMap<number, 'QUARANTINED' | 'REFUSED'>;
}

/** The written rules of feeds once more, row by row and in memory, for everything that a simulation sends. */
export class Reference {
  readonly heads = new Map<string, Map<string, Head>>();

  /** `today`: the day on which the platform took the file. */
  deliver(delivery: Delivery, reference: string, today: string): Expected {
    const counts = { read: 0, accepted: 0, unchanged: 0, stale: 0, quarantined: 0, refused: 0 };
    const aside = new Map<number, 'QUARANTINED' | 'REFUSED'>();
    const file = readFile(delivery);
    if ('problem' in file) return { problem: file.problem, counts, aside };
    const sound: SoundRow[] = [];
    for (const row of file.rows) {
      const verdict = verdictOn(delivery.feed, row, today);
      if ('aside' in verdict) aside.set(verdict.line, verdict.aside);
      else sound.push(verdict);
    }
    const { last, known } = collapsed(sound);
    counts.stale += sound.length - last.length;
    const heads = this.headsOf(delivery.feed.feed);
    for (const row of last.toSorted((a, b) => (a.report < b.report ? -1 : Number(a.report > b.report)))) {
      const outcome = apply(heads, { row, reference, known: known.has(row.key) });
      if (outcome === 'unknown') aside.set(row.line, 'QUARANTINED');
      else counts[outcome] += 1;
    }
    for (const kind of aside.values()) counts[kind === 'REFUSED' ? 'refused' : 'quarantined'] += 1;
    return { problem: undefined, counts: { ...counts, read: file.rows.length }, aside };
  }

  private headsOf(feed: string): Map<string, Head> {
    const heads = this.heads.get(feed) ?? new Map<string, Head>();
    this.heads.set(feed, heads);
    return heads;
  }
}

/** Of the rows of one key and report date only the last line counts; the earlier ones make the key known. */
function collapsed(rows: SoundRow[]): { last: SoundRow[]; known: ReadonlySet<string> } {
  const lastLine = new Map(rows.map(({ key, report, line }) => [`${report} ${key}`, line]));
  const isLast = ({ key, report, line }: SoundRow): boolean => lastLine.get(`${report} ${key}`) === line;
  return {
    last: rows.filter(isLast),
    known: new Set(rows.filter((row) => !isLast(row)).map(({ key }) => key)),
  };
}

interface Arrival {
  row: SoundRow;
  reference: string;
  known: boolean;
}

function apply(
  heads: Map<string, Head>,
  { row, reference, known }: Arrival,
): 'accepted' | 'unchanged' | 'stale' | 'unknown' {
  const head = heads.get(row.key);
  if (!head && row.withdraws && !known) return 'unknown';
  if (head && row.report < head.report) return 'stale';
  if (head && isSame(head, row)) {
    head.report = row.report;
    return 'unchanged';
  }
  const { uscc, event, fields, report, withdraws: withdrawn, line } = row;
  const version = (head?.version ?? 0) + 1;
  heads.set(row.key, { uscc, version, event, withdrawn, fields, report, reference, line });
  return 'accepted';
}

const isSame = (head: Head, row: SoundRow): boolean =>
  row.withdraws
    ? head.withdrawn
    : !head.withdrawn &&
      head.uscc === row.uscc &&
      head.event === row.event &&
      JSON.stringify(head.fields) === JSON.stringify(row.fields);
