// Acts as the regulator's service counts them, straight into its tables; what it keeps of them is made by its own statements.
import { cutNames } from '../../dist/apps/supervision/src/margin/cut.rules.js';
import { addToMarginsSql, addToReachSql } from '../../dist/apps/supervision/src/margin/margin.rules.js';

/** @param {string} acts a query that gives rows of `supervision.fact` */
export async function addActs(owner, acts) {
  const columns = 'kind, subject, uscc, at, day, district, industry2, tier, institution, detail, amount, weight';
  await inOneSession(owner, [
    `insert into fact (${columns}) ${acts}`,
    `insert into rollup (kind, day, district, industry2, tier, institution, detail, count, amount, weight)
     select kind, day, district, industry2, tier, institution, detail, count(*), sum(amount), sum(weight)
     from fact group by 1, 2, 3, 4, 5, 6, 7`,
  ]);
}

/** Returns the seconds that it takes, as a rebuild would. */
export async function addMargins(owner) {
  const began = performance.now();
  await inOneSession(owner, [
    'delete from margin',
    'delete from reach',
    `set work_mem = '64MB'`,
    ...cutNames.flatMap((cut) => [
      addToMarginsSql('rollup', [cut]),
      addToReachSql('(select *, 1 as side from fact)', [cut]),
    ]),
  ]);
  return (performance.now() - began) / 1_000;
}

async function inOneSession(owner, statements) {
  const client = await owner.connect();
  try {
    await client.query('set search_path to supervision');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.query('reset all');
    client.release();
  }
}
