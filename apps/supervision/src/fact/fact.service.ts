import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Fact } from './fact.rules.js';
import { actsOf, firstLoansSql, publishedFactsSql } from './published.rules.js';

const columns = 'kind, subject, uscc, at, day, district, industry2, tier, institution, detail, amount, weight';
const cell = 'kind, day, district, industry2, tier, institution, detail';

/**
 * Adds signed rows of facts to the rollup. Cells are touched in the order of their key, so that lanes that meet wait
 * for each other instead of locking each other out.
 */
const addToRollup = (signed: string) => `
  insert into rollup as r (${cell}, count, amount, weight)
  select ${cell}, sum(sign * ${actsOf}), sum(sign * amount), sum(sign * weight) from ${signed} group by ${cell} order by ${cell}
  on conflict (${cell}) do update
    set count = r.count + excluded.count, amount = r.amount + excluded.amount, weight = r.weight + excluded.weight`;

const countSql = `
  with fresh as (
    insert into fact (${columns})
    select ${columns} from json_to_recordset($1::json) as heard (kind text, subject text, uscc text, at timestamptz,
      day date, district text, industry2 text, tier text, institution text, detail text, amount bigint, weight numeric)
    on conflict do nothing returning *),
  signed as (select *, 1 as sign from fresh)
  ${addToRollup('signed')}`;

/** A payout that is reported late may turn out to be an enterprise's first: then the first loan moves to its cell. */
const firstLoansOfSql = `
  with first as (${firstLoansSql('(select * from fact where uscc = any($1)) heard')}),
  before as (select * from fact where kind = 'FIRST_LOAN' and subject = any($1)),
  moved as (
    insert into fact as f (${columns}) select ${columns} from first
    on conflict (kind, subject) do update
      set at = excluded.at, day = excluded.day, district = excluded.district, industry2 = excluded.industry2,
          tier = excluded.tier, institution = excluded.institution, amount = excluded.amount, weight = excluded.weight
      where (f.at, f.day, f.district, f.industry2, f.tier, f.institution, f.amount, f.weight) is distinct from
            (excluded.at, excluded.day, excluded.district, excluded.industry2, excluded.tier, excluded.institution,
             excluded.amount, excluded.weight)
    returning *),
  signed as (
    select *, 1 as sign from moved
    union all
    select *, -1 as sign from before where subject in (select subject from moved))
  ${addToRollup('signed')}`;

/** Consumers share it; a rebuild takes it alone, so that it never empties a table under an event half counted. */
const rebuildLock = 'hashtextextended($1, 8)';
const rebuildLockName = 'supervision rebuild';

/** Writes facts and keeps the rollup equal to their sums. */
@Injectable()
export class Facts {
  /** Counts each act once, however often, late or out of order it is heard. */
  async count(tx: EntityManager, facts: readonly Fact[]): Promise<void> {
    if (facts.length === 0) return;
    await tx.query(`select pg_advisory_xact_lock_shared(${rebuildLock})`, [rebuildLockName]);
    await tx.query(countSql, [JSON.stringify(facts)]);
    const borrowers = facts.filter(({ kind }) => kind === 'DISBURSEMENT').map(({ uscc }) => uscc);
    if (borrowers.length > 0) await tx.query(firstLoansOfSql, [[...new Set(borrowers)]]);
  }

  /**
   * Makes all figures anew from what the services publish; the number of facts. Events still under way find their
   * facts there already. Readers see the old figures until the commit.
   */
  async rebuild(tx: EntityManager): Promise<number> {
    await tx.query(`select pg_advisory_xact_lock(${rebuildLock})`, [rebuildLockName]);
    // A city's facts take seconds; ten minutes are the end of patience and of the lock on the consumers.
    await tx.query(`set local statement_timeout = '10min'`);
    await tx.query('delete from rollup');
    await tx.query('delete from fact');
    await tx.query(`insert into fact (${columns}) select ${columns} from (${publishedFactsSql}) published`);
    await tx.query(`insert into fact (${columns}) select ${columns} from (${firstLoansSql('fact')}) first`);
    await tx.query(addToRollup('(select *, 1 as sign from fact) signed'));
    const [counted]: { facts: string }[] = await tx.query('select count(*) as facts from fact');
    return Number(counted!.facts);
  }
}
