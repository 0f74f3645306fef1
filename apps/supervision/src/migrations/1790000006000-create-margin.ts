import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The margins of the figures, small whatever the city's size: sums by month and cut, and who comes to a cell after when.
 * A cut is a month with some dimensions, or a day; its cell names their values.
 */
export class CreateMargin1790000006000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table margin (
        cut text not null,
        kind text not null,
        step date not null,
        cell text[] not null,
        bucket text not null,
        count bigint not null,
        amount numeric not null,
        weight numeric not null,
        primary key (cut, kind, step, cell, bucket)
      ) with (fillfactor = 70)`);
    // Enterprises that are in the cell in a step, by the step in which they were there the last time before.
    await run.query(`
      create table reach (
        cut text not null,
        kind text not null,
        step date not null,
        step_before date not null,
        cell text[] not null,
        enterprises bigint not null,
        primary key (cut, kind, step, step_before, cell)
      ) with (fillfactor = 70)`);
    await fill(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table reach, margin');
  }
}

const month = '(day - extract(day from day)::integer + 1)';
const [placed, banks] = [`kind not like 'AUTHORISATION%'`, `kind <> 'NEED' and kind not like 'AUTHORISATION%'`];
const cuts = [
  `('day', true, day, array[to_char(day, 'YYYY-MM')])`,
  `('month', true, ${month}, '{}')`,
  `('month district', ${placed}, ${month}, array[district])`,
  `('month industry', ${placed}, ${month}, array[industry2])`,
  `('month tier', ${placed}, ${month}, array[tier])`,
  `('month institution', ${banks}, ${month}, array[institution])`,
  `('month reason', kind = 'DECLINE', ${month}, array[detail])`,
  `('month district industry', ${placed}, ${month}, array[district, industry2])`,
  `('month district tier', ${placed}, ${month}, array[district, tier])`,
  `('month district institution', ${banks}, ${month}, array[district, institution])`,
  `('month industry tier', ${placed}, ${month}, array[industry2, tier])`,
  `('month tier institution', ${banks}, ${month}, array[tier, institution])`,
];
const inCuts = (relation: string) => `
  (select * from ${relation} cross join lateral (values ${cuts.join(', ')}) as place (cut, applies, step, cell)
   where applies) placed`;

/** What was counted before there were margins, as the service itself would have kept it. */
async function fill(run: QueryRunner): Promise<void> {
  await run.query(`
    insert into margin (cut, kind, step, cell, bucket, count, amount, weight)
    select cut, kind, step, cell, case kind when 'CONTACT' then detail else '' end, sum(count), sum(amount), sum(weight)
    from ${inCuts('rollup')} group by 1, 2, 3, 4, 5`);
  await run.query(`
    insert into reach (cut, kind, step, step_before, cell, enterprises)
    select cut, kind, step, step_before, cell, count(*)
    from (select cut, kind, step, cell, coalesce(lag(step) over (
                   partition by uscc, kind, cut, cell order by step), '-infinity') as step_before
          from ${inCuts('fact')}) come
    where step_before <> step group by 1, 2, 3, 4, 5`);
}
