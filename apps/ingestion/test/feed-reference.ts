import { makeUscc } from '@app/kernel';
import fc from 'fast-check';

import type { Counts } from './ingest.js';

/** A row of tech.staff as far as the model looks at it. */
export interface Row {
  key: string;
  uscc: string;
  event: string;
  report: string;
  op: string;
  staff: number;
}

/** A record in force. */
export interface Shown {
  uscc: string;
  version: number;
  report: string;
  content: string;
}

/** The sentences of the feeds page once more, in the simplest form that can be written; no part of the service is used. */
export class Reference {
  readonly heads = new Map<string, Shown & { withdrawn: boolean }>();
  readonly stale = new Set<string>();
  private readonly known = new Set<string>();
  versions = 0;

  deliver(rows: Row[]): Pick<Counts, 'read' | 'accepted' | 'unchanged' | 'stale' | 'quarantined' | 'refused'> {
    const counts = { read: rows.length, accepted: 0, unchanged: 0, stale: 0, quarantined: 0, refused: 0 };
    const good = rows.filter((row) => {
      if (row.uscc.length !== 18) counts.refused += 1;
      else if (row.staff < 0) counts.quarantined += 1;
      else return true;
      return false;
    });
    const last = good.filter(
      (row, place) => !good.slice(place + 1).some((later) => later.key === row.key && later.report === row.report),
    );
    for (const row of good.filter((one) => !last.includes(one))) {
      counts.stale += 1;
      this.known.add(row.key);
    }
    for (const row of last.toSorted((a, b) => (a.report < b.report ? -1 : 1))) counts[this.apply(row)] += 1;
    return counts;
  }

  private apply(row: Row): 'accepted' | 'unchanged' | 'stale' | 'quarantined' {
    const head = this.heads.get(row.key);
    if (!head && row.op === 'D' && !this.known.has(row.key)) return 'quarantined';
    if (head && row.report < head.report) return 'stale';
    const content = `${row.uscc} ${row.event} ${row.staff}`;
    if (head && this.isSame(row, head, content)) {
      head.report = row.report;
      return 'unchanged';
    }
    const version = (head?.version ?? 0) + 1;
    this.versions += 1;
    this.heads.set(row.key, { uscc: row.uscc, version, report: row.report, content, withdrawn: row.op === 'D' });
    return 'accepted';
  }

  private isSame(row: Row, head: Shown & { withdrawn: boolean }, content: string): boolean {
    return row.op === 'D' ? head.withdrawn : !head.withdrawn && head.content === content;
  }

  shown(): Record<string, Shown> {
    const live = [...this.heads].filter(([, { withdrawn }]) => !withdrawn);
    return Object.fromEntries(
      live.map(([key, { uscc, version, report, content }]) => [key, { uscc, version, report, content }]),
    );
  }
}

export const codes = [makeUscc('320505', 1), makeUscc('320506', 2), makeUscc('320507', 3)];
export const row = fc.record<Row>({
  key: fc.constantFrom('K1', 'K2', 'K3', 'K4', 'K5'),
  uscc: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...codes) }, { weight: 1, arbitrary: fc.constant('SHORT') }),
  event: fc.constantFrom('2026-01-01', '2026-01-02'),
  report: fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04'),
  op: fc.constantFrom('I', 'U', 'U', 'D'),
  staff: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1, 2) }, { weight: 1, arbitrary: fc.constant(-1) }),
});
/** Files of random rows, some delivered a second time later on. */
export const deliveries = fc
  .array(fc.array(row, { maxLength: 12 }), { minLength: 1, maxLength: 4 })
  .chain((files) =>
    fc.array(fc.nat(files.length - 1), { minLength: 1, maxLength: 6 }).map((order) => order.map((at) => files[at]!)),
  );
