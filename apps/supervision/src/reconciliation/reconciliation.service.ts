import { Clock, uuidv7 } from '@app/kernel';
import { idCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { actsOf, firstLoansSql, publishedFactsSql } from '../fact/published.rules.js';
import type { Difference, ReconciliationRow } from './reconciliation.response.js';

/**
 * What is younger may still be on its way from the other services: a relay and a consumer take milliseconds, a restart
 * of them less than this.
 */
const settledMinutes = 5;
/** A person looks at a few cells and then makes the figures anew; all of them help nobody. */
const differencesKept = 50;

const cell = `kind, to_char(day, 'YYYY-MM') as month, district, industry2, tier, institution, detail`;
const cellsOf = (facts: string) => `
  select ${cell}, sum(${actsOf}) as count, sum(amount) as amount, sum(weight) as weight from ${facts}
  group by 1, 2, 3, 4, 5, 6, 7`;

/** Cells that the two sides do not have alike, as counts and sums of each; the number of cells goes with every row. */
const compareSql = (check: string, expected: string, counted: string) => `
  select '${check}' as check, kind, month, district, industry2, tier, institution, detail,
         coalesce(e.count, 0) as "expectedCount", coalesce(c.count, 0) as "countedCount",
         coalesce(e.amount, 0)::text as "expectedAmount", coalesce(c.amount, 0)::text as "countedAmount",
         coalesce(e.weight, 0)::text as "expectedWeight", coalesce(c.weight, 0)::text as "countedWeight"
  from (${expected}) e
  full join (${counted}) c using (kind, month, district, industry2, tier, institution, detail)`;

const rollupCells = `
  select ${cell}, sum(count) as count, sum(amount) as amount, sum(weight) as weight from rollup
  group by 1, 2, 3, 4, 5, 6, 7`;

/** Facts against the services' tables up to an instant, and the rollup against the facts: together, all figures. */
const sidesSql = `
  with published as (select * from (${publishedFactsSql}) acts where at <= $1),
  expected as (
    select kind, subject, uscc, at, day, district, industry2, tier, institution, detail, amount, weight from published
    union all
    select * from (${firstLoansSql('published')}) first),
  heard as (select * from fact where at <= $1 and kind <> 'FIRST_LOAN'),
  known as (
    select kind, subject, uscc, at, day, district, industry2, tier, institution, detail, amount, weight from heard
    union all
    select * from (${firstLoansSql('heard')}) first),
  every as (
    select * from fact where kind <> 'FIRST_LOAN'
    union all
    select * from (${firstLoansSql('fact')}) first),
  compared as (
    ${compareSql('TABLES', cellsOf('expected'), cellsOf('known'))}
    union all
    ${compareSql('ROLLUP', cellsOf('every'), rollupCells)})`;

const unequal = `("expectedCount", "expectedAmount", "expectedWeight")
  is distinct from ("countedCount", "countedAmount", "countedWeight")`;

const reconcileSql = `${sidesSql}
  select (select count(*) from compared)::integer as cells,
         (select count(*) from compared where ${unequal})::integer as "differenceCount",
         (select coalesce(jsonb_agg(to_jsonb(shown)), '[]') from (
            select * from compared where ${unequal}
            order by "check", kind, month, district, industry2, tier, institution, detail
            limit ${differencesKept}) shown) as differences`;

/** Compares the figures with what the services publish. It looks and notes; only a rebuild changes figures. */
@Injectable()
export class Reconciliations {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Both sides in one snapshot, exact to the fen. */
  async reconcile(): Promise<ReconciliationRow> {
    const at = this.clock.now();
    const upTo = new Date(at.getTime() - settledMinutes * 60_000);
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const [found]: { cells: number; differenceCount: number; differences: Difference[] }[] = await tx.query(
        reconcileSql,
        [upTo],
      );
      const status = found!.differenceCount === 0 ? ('EQUAL' as const) : ('DIFFERENT' as const);
      const row: ReconciliationRow = { id: uuidv7(at), at, upTo, status, ...found! };
      await insert(tx, row);
      return row;
    });
  }

  /** One more row than `limit`, newest first. */
  async list(cursor: string | undefined, limit: number): Promise<ReconciliationRow[]> {
    return this.db.query(
      `select id, at, up_to as "upTo", status, cells, difference_count as "differenceCount", differences
       from reconciliation where ($1::uuid is null or id < $1) order by id desc limit $2`,
      [idCursor(cursor), limit + 1],
    );
  }
}

async function insert(tx: EntityManager, row: ReconciliationRow): Promise<void> {
  await tx.query(
    `insert into reconciliation (id, at, up_to, status, cells, difference_count, differences)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, row.at, row.upTo, row.status, row.cells, row.differenceCount, JSON.stringify(row.differences)],
  );
}
