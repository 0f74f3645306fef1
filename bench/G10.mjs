import { onGround } from './ground.mjs';
import { comparison, figure, interleave, pluck, round } from './measure.mjs';
import { percentile } from './search/city.mjs';
import { addActs, addMargins } from './shape/acts.mjs';
import { usccOf } from './uscc.mjs';

const usual = 2_400_000;
const actsOfEnterprise = 8;
const readsOfPage = 40;
/** The whole of what is there, so that the base looks at every row. */
const period = { from: '2024-12-01', to: '2026-11-30' };

/** What a regulator's pages ask for: one measure along one dimension. */
const pages = {
  'by month': { by: 'month', only: {}, key: `to_char(day, 'YYYY-MM')` },
  'by district': { by: 'district', only: {}, key: 'district' },
  'by industry': { by: 'industry', only: {}, key: 'industry2' },
  'by institution': { by: 'institution', only: {}, key: 'institution' },
  'by tier in a district': { by: 'tier', only: { district: '320503' }, key: 'tier' },
};

export const bench = {
  what: 'regulator pages: counts, sums and distinct enterprises of two years from what is kept, over a raw GROUP BY; the worst page',
  floor: 0.01,
  stretch: 0.002,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows = quick ? 240_000 : usual }) {
    return onGround(async (ground) => {
      const filled = await fill(ground.owner, rows);
      const readers = await readersOf(ground.settings);
      for (const page of Object.values(pages)) await expectEqual(ground.owner, readers, page);
      const seen = await interleave({
        rounds,
        ours: () => timeAll((page) => readers.kept(page), readsOfPage),
        base: () => timeAll((page) => raw(ground.owner, page), 1),
      });
      await readers.close();
      const settings = { acts: rows, enterprises: rows / actsOfEnterprise, 'reads of a page': readsOfPage };
      return { ...summed(seen, filled), settings, versions: ground.versions };
    });
  },
};

/** Grabs of two years: ten districts, sixty industries, six tiers, two hundred banks. */
async function fill(owner, rows) {
  await owner.query('create schema bench');
  await owner.query('create table bench.enterprise (number int primary key, uscc text not null)');
  const enterprises = Math.ceil(rows / actsOfEnterprise);
  for (let from = 0; from < enterprises; from += 50_000) {
    const numbers = Array.from({ length: Math.min(50_000, enterprises - from) }, (_, at) => from + at);
    await owner.query('insert into bench.enterprise select * from unnest($1::int[], $2::text[])', [
      numbers,
      numbers.map((number) => usccOf(number)),
    ]);
  }
  await addActs(
    owner,
    `select 'GRAB', number || '-' || n, uscc, day + interval '12 hours', day,
            '3205' || lpad((1 + number % 10)::text, 2, '0'), (10 + number / 10 % 60)::text,
            (array['T1', 'T2', 'T3', 'T4', 'T5', ''])[1 + number / 7 % 6],
            'BANK-' || (number * 31 + n * 17) % 200, '', 100000000 + number, 0
     from (select number, uscc, n, date '2024-12-01' + (hashint4(number * 16 + n) & 1048575) % 730 as day
           from bench.enterprise cross join generate_series(1, ${actsOfEnterprise}) n) act`,
  );
  const seconds = await addMargins(owner);
  await owner.query('vacuum analyze');
  const { rows: sizes } = await owner.query(`
    select (select count(*) from supervision.margin)::int as margins, (select count(*) from supervision.reach)::int as reach,
           pg_total_relation_size('supervision.margin')::float8 + pg_total_relation_size('supervision.reach') as bytes`);
  return { ...sizes[0], seconds };
}

/** The service's own reading, without HTTP. */
async function readersOf(settings) {
  Object.assign(process.env, settings);
  const [{ DataSource }, { databaseOptions }, { database }, { MarginReader }, { FactReader }, { marginsOf }] =
    await Promise.all([
      import('typeorm'),
      import('../dist/libs/database/src/index.js'),
      import('../dist/apps/supervision/src/data-source.js'),
      import('../dist/apps/supervision/src/indicator/margin-reader.service.js'),
      import('../dist/apps/supervision/src/indicator/fact-reader.service.js'),
      import('../dist/apps/supervision/src/indicator/margin-plan.rules.js'),
    ]);
  const db = await new DataSource(databaseOptions(database)).initialize();
  const [margins, facts] = [new MarginReader(), new FactReader()];
  const askedOf = ({ by, only }) => ({ measure: 'grabs', by, only, period });
  const read = (reader, page, places) => db.transaction((tx) => reader.read(tx, askedOf(page), places));
  return {
    kept: (page) => read(margins, page, marginsOf(askedOf(page))),
    counted: (page) => read(facts, page),
    close: () => db.destroy(),
  };
}

/** The same answer without anything kept: one statement, with the margins that the rule of five needs. */
async function raw(owner, { key, only }) {
  const [filter] = Object.entries(only);
  const { rows } = await owner.query(
    `select key, ${filter ? 'filter,' : ''} count(*) as count, sum(amount) as amount, count(distinct uscc) as n
     from (select uscc, amount, ${key} as key ${filter ? `, ${filter[0]} as filter` : ''} from supervision.fact
           where kind = 'GRAB' and day between $1 and $2) act
     group by cube (key ${filter ? ', filter' : ''})`,
    [period.from, period.to],
  );
  return rows;
}

/** To the row and the fen: kept against counted, and both against the raw statement. */
async function expectEqual(owner, readers, page) {
  const [kept, counted, rows] = [await readers.kept(page), await readers.counted(page), await raw(owner, page)];
  const cellsOf = (cells) => cells.filter(({ n }) => n > 0).map(({ key, n }) => `${JSON.stringify(key)} ${n}`);
  const [filter] = Object.values(page.only);
  const rawCells = rows.map((row) => `${JSON.stringify([row.key, ...(filter ? [row.filter] : [])])} ${row.n}`);
  const sumsOf = (sums) => [...sums].map(([key, { count, amount }]) => `${key} ${count} ${amount}`);
  const rawSums = rows
    .filter((row) => filter === undefined || row.filter === filter)
    .map(({ key, count, amount }) => `${key} ${count} ${amount}`);
  expectSame('enterprises', [cellsOf(kept.cells), cellsOf(counted.cells), rawCells]);
  expectSame('sums', [sumsOf(kept.sums), sumsOf(counted.sums), rawSums]);
}

function expectSame(what, lists) {
  const texts = new Set(lists.map((list) => list.toSorted().join('\n')));
  if (texts.size !== 1)
    throw new Error(`${what} differ: ${[...texts].map((text) => text.slice(0, 300)).join('\n---\n')}`);
}

async function timeAll(read, times) {
  const seen = {};
  for (const [name, page] of Object.entries(pages)) {
    const each = [];
    for (let at = 0; at < times; at += 1) {
      const began = performance.now();
      await read(page);
      each.push(performance.now() - began);
    }
    seen[name] = percentile(each, 0.5);
  }
  return seen;
}

function summed({ ours, base }, { margins, reach, bytes, seconds }) {
  const lines = Object.keys(pages).map((name) =>
    comparison(name, 'ms', [pluck(ours, name), pluck(base, name)], 'less'),
  );
  const [worst, ...others] = lines.toSorted((a, b) => b.ratio.median - a.ratio.median);
  return {
    ours: worst.ours,
    base: { what: `GROUP BY over the acts, with distinct enterprises (${worst.what})`, ...worst.base },
    ratio: worst.ratio,
    also: [
      ...others.map((line) => ({ ...line, better: 'less' })),
      figure('rows of sums', 'rows', [margins]),
      figure('rows of who comes after when', 'rows', [reach]),
      figure('disk of both', 'MB', [round(bytes / 1e6)]),
      figure('made anew from the acts', 's', [round(seconds)]),
    ],
  };
}
