import { actsOf, firstLoansSql, publishedFactsSql } from '../fact/published.rules.js';
import { cutNames, valueSql } from '../margin/cut.rules.js';
import { marginsOfSql, reachOfSql } from '../margin/margin.rules.js';

/**
 * So many acts are put in order for the enterprises of a round, once for each cut: some seconds. A house with fewer has all of
 * its cuts looked at each time, one with a city's acts a cut at a time, and all of them within the hour.
 */
const actsOfRound = 3_000_000;

/** The cuts whose turn it is, by the number of rounds that were before. */
export function cutsOfRound(acts: number, round: number): string[] {
  const many = Math.min(cutNames.length, Math.max(1, Math.floor(actsOfRound / Math.max(1, acts))));
  return Array.from({ length: many }, (_, at) => cutNames[(round * many + at) % cutNames.length]!);
}

const listOf = (cuts: readonly string[]): string => cuts.map((cut) => `'${cut}'`).join(', ');

/** A person looks at a few cells and then makes the figures anew; all of them help nobody. */
const differencesKept = 50;

const cell = `kind, to_char(day, 'YYYY-MM') as month, district, industry2, tier, institution, detail`;
const cellsOf = (facts: string) => `
  select ${cell}, sum(${actsOf}) as count, sum(amount) as amount, sum(weight) as weight from ${facts}
  group by 1, 2, 3, 4, 5, 6, 7`;

/** Cells that the two sides do not have alike, as counts and sums of each; the number of cells goes with every row. */
const compareSql = (check: string, expected: string, counted: string) => `
  select '${check}' as check, null::text as cut, kind, month, district, industry2, tier, institution, detail,
         coalesce(e.count, 0) as "expectedCount", coalesce(c.count, 0) as "countedCount",
         coalesce(e.amount, 0)::text as "expectedAmount", coalesce(c.amount, 0)::text as "countedAmount",
         coalesce(e.weight, 0)::text as "expectedWeight", coalesce(c.weight, 0)::text as "countedWeight"
  from (${expected}) e
  full join (${counted}) c using (kind, month, district, industry2, tier, institution, detail)`;

const monthsOf = (days: string) => `
  select ${cell}, sum(count) as count, sum(amount) as amount, sum(weight) as weight from ${days}
  group by 1, 2, 3, 4, 5, 6, 7`;

const valuesSql = `${valueSql('district')} as district, ${valueSql('industry')} as industry2, ${valueSql('tier')} as tier,
  ${valueSql('institution')} as institution`;
const unweighted = `'0' as "expectedAmount", '0' as "countedAmount", '0' as "expectedWeight", '0' as "countedWeight"`;

/** The margins against what the facts add up to by day. */
const compareMargins = (cuts: readonly string[]) => `
  select 'MARGIN' as check, cut, kind, to_char(step, 'YYYY-MM') as month, ${valuesSql},
         coalesce(nullif(${valueSql('reason')}, ''), bucket) as detail,
         coalesce(e.count, 0) as "expectedCount", coalesce(c.count, 0) as "countedCount",
         coalesce(e.amount, 0)::text as "expectedAmount", coalesce(c.amount, 0)::text as "countedAmount",
         coalesce(e.weight, 0)::text as "expectedWeight", coalesce(c.weight, 0)::text as "countedWeight"
  from (${marginsOfSql('summed', cuts)}) e full join (select * from margin where cut in (${listOf(cuts)})) c
  using (cut, kind, step, cell, bucket)`;

/** Who comes to a cell after when, against the acts of every enterprise. */
const compareReach = (cuts: readonly string[]) => `
  select 'REACH' as check, cut, kind, to_char(step, 'YYYY-MM') as month, ${valuesSql}, ${valueSql('reason')} as detail,
         coalesce(e.enterprises, 0) as "expectedCount", coalesce(c.enterprises, 0) as "countedCount", ${unweighted}
  from (${reachOfSql('(select *, 1 as side from fact)', cuts)}) e full join (select * from reach where cut in (${listOf(cuts)})) c
  using (cut, kind, step, step_before, cell)`;

/** Facts against the services' tables up to an instant, and what is kept against the facts: together, all figures. */
const sidesSql = (cuts: readonly string[]) => `
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
  summed as (
    select kind, day, district, industry2, tier, institution, detail, sum(${actsOf}) as count, sum(amount) as amount,
           sum(weight) as weight
    from every group by 1, 2, 3, 4, 5, 6, 7),
  compared as (
    ${compareSql('TABLES', cellsOf('expected'), cellsOf('known'))}
    union all
    ${compareSql('ROLLUP', monthsOf('summed'), monthsOf('rollup'))}
    union all
    ${compareMargins(cuts)}
    union all
    ${compareReach(cuts)})`;

const unequal = `("expectedCount", "expectedAmount", "expectedWeight")
  is distinct from ("countedCount", "countedAmount", "countedWeight")`;

export const reconcileSql = (cuts: readonly string[]): string => `${sidesSql(cuts)}
  select (select count(*) from compared)::integer as cells,
         (select count(*) from compared where ${unequal})::integer as "differenceCount",
         (select coalesce(jsonb_agg(to_jsonb(shown)), '[]') from (
            select * from compared where ${unequal}
            order by "check", cut, kind, month, district, industry2, tier, institution, detail
            limit ${differencesKept}) shown) as differences`;
