import { cutNames, inCutsSql } from './cut.rules.js';

const marginKey = 'cut, kind, step, cell, bucket';
const reachKey = 'cut, kind, step, step_before, cell';

/** Only the hours to contact are kept apart within a cell: their median is taken from the buckets. */
const bucketSql = `case kind when 'CONTACT' then detail else '' end`;

/** The margins of a relation that has the columns of the rollup. */
export const marginsOfSql = (rollup: string, cuts = cutNames): string => `
  select cut, kind, step, cell, ${bucketSql} as bucket, sum(count) as count, sum(amount) as amount, sum(weight) as weight
  from ${inCutsSql(rollup, cuts)} placed group by 1, 2, 3, 4, 5`;

/** Adds to the margins what was added to the rollup. */
export const addToMarginsSql = (rollup: string, cuts = cutNames): string => `
  insert into margin as m (${marginKey}, count, amount, weight) ${marginsOfSql(rollup, cuts)} order by 1, 2, 3, 4, 5
  on conflict (${marginKey}) do update
    set count = m.count + excluded.count, amount = m.amount + excluded.amount, weight = m.weight + excluded.weight`;

/**
 * How many enterprises come to a cell in a step (a month, or a day) after having been there in an earlier step, or never
 * before: '-infinity', and by day never before in the month. Additive, and exact for every stretch of steps: the distinct
 * enterprises of a stretch are those that come to it from before it. `side` counts for or against; acts of one enterprise
 * and kind must be there completely on each side.
 */
export const reachOfSql = (acts: string, cuts = cutNames): string => `
  select ${reachKey}, sum(side) as enterprises
  from (select side, cut, kind, step, cell,
               coalesce(lag(step) over (partition by uscc, kind, side, cut, cell order by step), '-infinity') as step_before
        from ${inCutsSql(acts, cuts)} placed) come
  where step_before <> step group by ${reachKey} having sum(side) <> 0`;

/**
 * As common table expressions behind `signed`: what the enterprises of these acts were in before, and are in now.
 * Their other acts of the kind are read from the facts, which a statement sees as they were before it.
 */
export const beforeAndAfterSql = `
  touched as (select distinct uscc, kind from signed),
  known as materialized (select fact.* from touched join fact using (uscc, kind)),
  sides as (
    select -1 as side, uscc, kind, day, district, industry2, tier, institution, detail from known
    union all
    select 1, uscc, kind, day, district, industry2, tier, institution, detail from known
    where not exists (select from signed where sign = -1 and signed.kind = known.kind and signed.subject = known.subject)
    union all
    select 1, uscc, kind, day, district, industry2, tier, institution, detail from signed where sign = 1)`;

export const addToReachSql = (acts: string, cuts = cutNames): string => `
  insert into reach as r (${reachKey}, enterprises) ${reachOfSql(acts, cuts)} order by ${reachKey}
  on conflict (${reachKey}) do update set enterprises = r.enterprises + excluded.enterprises`;
