import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { cutNames } from '../margin/cut.rules.js';
import { addToMarginsSql, addToReachSql, beforeAndAfterSql } from '../margin/margin.rules.js';
import type { Fact } from './fact.rules.js';
import { actsOf, firstLoansSql, publishedFactsSql } from './published.rules.js';

const columns = 'kind, subject, uscc, at, day, district, industry2, tier, institution, detail, amount, weight';
const cell = 'kind, day, district, industry2, tier, institution, detail';

/** What signed rows of facts change in the rollup. */
const changeOf = (signed: string) => `
  select ${cell}, sum(sign * ${actsOf}) as count, sum(sign * amount) as amount, sum(sign * weight) as weight
  from ${signed} group by ${cell}`;

/** Adds changes to the rollup, in the order of its key. */
const addToRollup = (change: string) => `
  insert into rollup as r (${cell}, count, amount, weight) select ${cell}, count, amount, weight from ${change} order by ${cell}
  on conflict (${cell}) do update
    set count = r.count + excluded.count, amount = r.amount + excluded.amount, weight = r.weight + excluded.weight`;

/** The end of a statement that has facts with a sign as `signed`: all that follows from them, at once. */
const addUp = `
  change as (${changeOf('signed')}),
  rolled as (${addToRollup('change')}),
  summed as (${addToMarginsSql('change')}),
  ${beforeAndAfterSql}
  ${addToReachSql('sides')}`;

const countSql = `
  with fresh as (
    insert into fact (${columns})
    select ${columns} from json_to_recordset($1::json) as heard (kind text, subject text, uscc text, at timestamptz,
      day date, district text, industry2 text, tier text, institution text, detail text, amount bigint, weight numeric)
    on conflict do nothing returning *),
  signed as (select *, 1 as sign from fresh),
  ${addUp}`;

/** A payout that is reported late may turn out to be an enterprise's first: then the first loan moves to its cell. */
const firstLoansOfSql = `
  with first as (${firstLoansSql('(select * from fact where uscc = any($1)) heard')}),
  before as (select * from fact where kind = 'FIRST_LOAN' and uscc = any($1)),
  moved as (
    insert into fact as f (${columns}) select ${columns} from first
    on conflict (uscc, kind, subject) do update
      set at = excluded.at, day = excluded.day, district = excluded.district, industry2 = excluded.industry2,
          tier = excluded.tier, institution = excluded.institution, amount = excluded.amount, weight = excluded.weight
      where (f.at, f.day, f.district, f.industry2, f.tier, f.institution, f.amount, f.weight) is distinct from
            (excluded.at, excluded.day, excluded.district, excluded.industry2, excluded.tier, excluded.institution,
             excluded.amount, excluded.weight)
    returning *),
  signed as (
    select *, 1 as sign from moved
    union all
    select *, -1 as sign from before where subject in (select subject from moved)),
  ${addUp}`;

/**
 * One at a time writes figures. The cells of today are everybody's, so that lanes would wait for each other anyway; and who
 * comes to a cell after when can only be told while no other act of the same enterprise is half written.
 */
const lockSql = `select pg_advisory_xact_lock(hashtextextended('supervision figures', 8))`;

/** Writes facts and keeps what they add up to. */
@Injectable()
export class Facts {
  /** Counts each act once, however often, late or out of order it is heard. */
  async count(tx: EntityManager, facts: readonly Fact[]): Promise<void> {
    if (facts.length === 0) return;
    await tx.query(lockSql);
    await tx.query(countSql, [JSON.stringify(facts)]);
    const borrowers = facts.filter(({ kind }) => kind === 'DISBURSEMENT').map(({ uscc }) => uscc);
    if (borrowers.length > 0) await tx.query(firstLoansOfSql, [[...new Set(borrowers)]]);
  }

  /**
   * Makes all figures anew from what the services publish; the number of facts. Events still under way find their
   * facts there already. Readers see the old figures until the commit.
   */
  async rebuild(tx: EntityManager): Promise<number> {
    await tx.query(lockSql);
    // A city's facts take a minute or two; ten are the end of patience and of the lock on the consumers.
    await tx.query(`set local statement_timeout = '10min'`);
    for (const table of ['reach', 'margin', 'rollup', 'fact']) await tx.query(`delete from ${table}`);
    await tx.query(`insert into fact (${columns}) select ${columns} from (${publishedFactsSql}) published`);
    await tx.query(`insert into fact (${columns}) select ${columns} from (${firstLoansSql('fact')}) first`);
    await tx.query(addToRollup(`(${changeOf('(select *, 1 as sign from fact) signed')}) change`));
    // Cut by cut: what has to be put in order at once is the acts, and not twelve times as many.
    await tx.query(`set local work_mem = '64MB'`);
    for (const cut of cutNames) {
      await tx.query(addToMarginsSql('rollup', [cut]));
      await tx.query(addToReachSql('(select *, 1 as side from fact)', [cut]));
    }
    const [counted]: { facts: string }[] = await tx.query('select count(*) as facts from fact');
    return Number(counted!.facts);
  }
}
