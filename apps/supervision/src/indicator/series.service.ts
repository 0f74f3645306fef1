import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { type Dimension, type Filter, type MeasureName, measures, noSums, type Sums } from './measure.rules.js';
import { type Period, stepsOf } from './period.rules.js';
import { type Cell, idOf, suppressedCells } from './suppression.rules.js';

/** What the rows of an answer are: a dimension, or the month so far (up to a date) and its rest. */
type Along = Dimension | { upToDate: number };

export interface Asked {
  measure: MeasureName;
  by: Along;
  period: Period;
  /** Values as they are kept: '' where one is not known. */
  only: Partial<Record<Filter, string>>;
}

export interface ServedCell {
  value: string | null;
  n: number;
  suppressed: boolean;
}

export interface Series {
  total: ServedCell;
  rows: (ServedCell & { key: string })[];
}

export interface Freshness {
  asOf: Date;
  reconciledAt: Date | null;
}

/** How '' reads outside. */
export const none = 'NONE';
export const soFar = 'SO_FAR';
export const rest = 'REST';

const tiers = ['T1', 'T2', 'T3', 'T4', 'T5', ''];

const expressions: Record<Dimension, string> = {
  district: 'district',
  industry: 'industry2',
  tier: 'tier',
  institution: 'institution',
  month: `to_char(day, 'YYYY-MM')`,
  day: `to_char(day, 'YYYY-MM-DD')`,
  reason: 'detail',
};

/** Only text of this file and a number of ours get into a statement. */
const expressionOf = (by: Along): string =>
  typeof by === 'string'
    ? expressions[by]
    : `case when extract(day from day) <= ${Math.trunc(by.upToDate)} then '${soFar}' else '${rest}' end`;

/** Reads figures and decides with the pure rules which of them may be served. */
@Injectable()
export class SeriesService {
  constructor(private readonly db: DataSource) {}

  /** One snapshot for everything in `work`: enterprises, sums and the instant fit together. */
  async snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction('REPEATABLE READ', work);
  }

  async read(tx: EntityManager, asked: Asked): Promise<Series> {
    const cells = await readEnterprises(tx, asked);
    const hidden = suppressedCells(cells);
    const sizes = new Map(cells.map(({ key, n }) => [idOf(key), n]));
    const sums = await readSums(tx, asked);
    const { valueOf } = measures[asked.measure];
    const held = Object.values(asked.only);
    const serve = (key: string | null): ServedCell => {
      const id = idOf([key, ...held]);
      return { value: valueOf(sums.get(key) ?? noSums), n: sizes.get(id) ?? 0, suppressed: hidden.has(id) };
    };
    const keys = await keysOf(tx, asked);
    return { total: serve(null), rows: keys.map((key) => ({ key: key === '' ? none : key, ...serve(key) })) };
  }

  /** Up to when the figures are complete: the last act that was counted, or later where that was checked since. */
  async freshness(tx: EntityManager, now: Date): Promise<Freshness> {
    const [known]: { counted: Date | null; reconciled: Date | null }[] = await tx.query(
      `select (select max(at) from fact) as counted,
              (select max(up_to) from reconciliation where status = 'EQUAL') as reconciled`,
    );
    const { counted, reconciled } = known!;
    const instants = [counted, reconciled].filter((at) => at !== null).map((at) => at.getTime());
    return { asOf: instants.length > 0 ? new Date(Math.max(...instants)) : now, reconciledAt: reconciled };
  }
}

/**
 * Distinct enterprises of every cell of the table over the rows and the filters, with all margins: whether a figure
 * may be served also depends on its neighbours outside the filter, since anybody may ask for those next.
 */
async function readEnterprises(tx: EntityManager, { measure, by, period, only }: Asked): Promise<Cell[]> {
  const axes = [expressionOf(by), ...(Object.keys(only) as Filter[]).map((name) => expressions[name])];
  const names = axes.map((_, index) => `d${index}`);
  const rows: Record<string, string | null>[] = await tx.query(
    `select ${names.join(', ')}, count(distinct uscc) as n
     from (select uscc, ${axes.map((axis, index) => `${axis} as d${index}`).join(', ')}
           from fact where kind = $1 and day between $2 and $3) cut
     group by cube (${names.join(', ')})`,
    [measures[measure].kind, period.from, period.to],
  );
  // No axis is ever null in itself, so that null means "all of it".
  return rows.map((row) => ({ key: names.map((name) => row[name] ?? null), n: Number(row['n']) }));
}

interface SumRow {
  key: string | null;
  bucket: string;
  count: string;
  amount: string;
  weight: string;
}

/** Sums of the filtered rows by key, and of all of them under null. */
async function readSums(tx: EntityManager, asked: Asked): Promise<Map<string | null, Sums>> {
  const { measure, by, period, only } = asked;
  const held = Object.entries(only) as [Filter, string][];
  const where = held.map(([name], index) => ` and ${expressions[name]} = $${index + 4}`).join('');
  const rows: SumRow[] = await tx.query(
    `select key, bucket, sum(count) as count, sum(amount) as amount, sum(weight) as weight
     from (select ${expressionOf(by)} as key, case kind when 'CONTACT' then detail else '' end as bucket,
                  count, amount, weight
           from rollup where kind = $1 and day between $2 and $3${where}) cut
     group by grouping sets ((key, bucket), (bucket))`,
    [measures[measure].kind, period.from, period.to, ...held.map(([, value]) => value)],
  );
  const sums = new Map<string | null, Sums>();
  for (const row of rows) {
    const before = sums.get(row.key) ?? noSums;
    sums.set(row.key, {
      count: before.count + BigInt(row.count),
      amount: before.amount + BigInt(row.amount),
      weight: before.weight + BigInt(row.weight),
      buckets: new Map([...before.buckets, [row.bucket, BigInt(row.count)]]),
    });
  }
  return sums;
}

/** The rows: all of a scale that is known beforehand, and otherwise what the figures have ever had. */
async function keysOf(tx: EntityManager, { by, period, measure, only }: Asked): Promise<string[]> {
  if (typeof by !== 'string') return [soFar, rest];
  if (by === 'month' || by === 'day') return stepsOf(period, by);
  const own = only[by as Filter];
  if (own !== undefined) return [own];
  if (by === 'tier') return tiers;
  const rows: { key: string }[] = await tx.query(
    `select distinct ${expressions[by]} as key from rollup
     where ($1::text is null or kind = $1) and ${by === 'institution' ? `institution <> ''` : 'true'}
       and kind not like 'AUTHORISATION%' order by key`,
    [by === 'reason' ? measures[measure].kind : null],
  );
  return rows.map(({ key }) => key);
}
