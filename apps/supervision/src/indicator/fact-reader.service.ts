import { failureCode, withPlanSettings } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { countTimeoutMs } from '../supervision.config.js';
import { TooMuchToCount } from './indicator.error.js';
import type { Along } from './margin-plan.rules.js';
import { type Dimension, type Filter, measures, type Sums } from './measure.rules.js';
import { type Asked, type Figures, rest, soFar, sumsOf, type SumRow } from './series.rules.js';
import type { Cell } from './suppression.rules.js';

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

const ofEnterprises: ReadonlySet<Along> = new Set(['district', 'industry', 'tier']);

/**
 * Most acts of an enterprise are in the same district, industry and tier: told apart once, they need not be for each margin
 * of the table. Its acts with banks or by month differ, so that this would be work for nothing.
 */
const onceEach = (axes: readonly Along[]): string =>
  axes.every((axis) => ofEnterprises.has(axis)) ? 'distinct' : 'all';

/** PostgreSQL's word for a statement that was ended, here by its time-out. */
const ended = '57014';

/** Counts figures in the facts: any cut and any stretch of days, at a price that grows with the acts of the period. */
@Injectable()
export class FactReader {
  /** @throws TooMuchToCount after so long that nobody waits any more; the transaction is over then. */
  async read(tx: EntityManager, asked: Asked): Promise<Figures> {
    const limitMs = countTimeoutMs();
    try {
      return await withPlanSettings(tx, { statement_timeout: String(limitMs) }, async () => ({
        cells: await this.enterprises(tx, asked),
        sums: await this.sums(tx, asked),
      }));
    } catch (error) {
      throw failureCode(error) === ended ? new TooMuchToCount(limitMs) : error;
    }
  }

  /**
   * Distinct enterprises of every cell of the table over the rows and the filters, with all margins: whether a figure
   * may be served also depends on its neighbours outside the filter, since anybody may ask for those next.
   */
  private async enterprises(tx: EntityManager, { measure, by, period, only }: Asked): Promise<Cell[]> {
    const held = Object.keys(only) as Filter[];
    const once = onceEach([by, ...held]);
    const axes = [expressionOf(by), ...held.map((name) => expressions[name])];
    const names = axes.map((_, index) => `d${index}`);
    const rows: Record<string, string | null>[] = await tx.query(
      `select ${names.join(', ')}, count(distinct uscc) as n
       from (select ${once} uscc, ${axes.map((axis, index) => `${axis} as d${index}`).join(', ')}
             from fact where kind = $1 and day between $2 and $3) cut
       group by cube (${names.join(', ')})`,
      [measures[measure].kind, period.from, period.to],
    );
    // No axis is ever null in itself, so that null means "all of it".
    return rows.map((row) => ({ key: names.map((name) => row[name] ?? null), n: Number(row['n']) }));
  }

  /** Sums of the filtered rows by key, and of all of them under null. */
  private async sums(tx: EntityManager, { measure, by, period, only }: Asked): Promise<Map<string | null, Sums>> {
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
    return sumsOf(rows);
  }
}
