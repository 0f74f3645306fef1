// What a regulator may ask and nothing is kept for (docs/adr/0020): how long it is counted, act by act, at two sizes.
import { onGround } from './ground.mjs';
import { figure, pluck, round } from './measure.mjs';
import { percentile } from './search/city.mjs';
import { addActs } from './shape/acts.mjs';
import { usccOf } from './uscc.mjs';

const usual = 2_400_000;
const [actsOfEnterprise, tenth, readsOfQuestion] = [8, 10, 5];
const [from, to] = ['2024-12-01', '2026-11-30'];

const questions = {
  'two filters, two years': { by: 'tier', only: { district: '320503', industry: '39' }, period: { from, to } },
  'industry in an institution, two years': { by: 'industry', only: { institution: 'BANK-7' }, period: { from, to } },
  'by district, two years but for two days': {
    by: 'district',
    only: {},
    period: { from: '2024-12-02', to: '2026-11-29' },
  },
  'by district, a quarter but for two days': {
    by: 'district',
    only: {},
    period: { from: '2026-08-02', to: '2026-10-30' },
  },
  'by district, five weeks': { by: 'district', only: {}, period: { from: '2026-10-15', to: '2026-11-18' } },
};

export const bench = {
  what: 'figures that are not kept, counted act by act: the slowest kind of question at ten times as many acts, over a tenth of them',
  floor: 12,
  stretch: 8,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows = quick ? 240_000 : usual }) {
    const small = await measured(rows / tenth, rounds);
    const large = await measured(rows, rounds);
    const lines = Object.keys(questions).map((what) => {
      const [ours, base] = [pluck(large.seen, what), pluck(small.seen, what)];
      const ratios = ours.map((ms, at) => ms / base[at]);
      return {
        what,
        ours: { unit: 'ms', rounds: ours.map(round) },
        base: { unit: 'ms', rounds: base.map(round) },
        ratio: { median: round(percentile(ratios, 0.5)), worst: round(Math.max(...ratios)) },
        better: 'less',
      };
    });
    const [worst, ...others] = lines.toSorted(
      (a, b) => percentile(b.ours.rounds, 0.5) - percentile(a.ours.rounds, 0.5),
    );
    return {
      ours: worst.ours,
      base: { ...worst.base, what: `the same question (${worst.what}) at a tenth of the acts` },
      ratio: worst.ratio,
      also: [...others, figure('disk of an act, with its indexes', 'bytes', [large.bytes / rows])],
      settings: { acts: `${rows} over ${rows / tenth}`, 'reads of a question': readsOfQuestion },
      versions: large.versions,
    };
  },
};

const measured = (acts, rounds) =>
  onGround(async ({ owner, settings, versions }) => {
    await fill(owner, acts);
    const { reader, db } = await readerOf(settings);
    const seen = [];
    for (let turn = 0; turn <= rounds; turn += 1) {
      const times = await timeAll(db, reader);
      if (turn > 0) seen.push(times);
    }
    await db.destroy();
    const { rows } = await owner.query(`select pg_total_relation_size('supervision.fact')::float8 as bytes`);
    return { seen, versions, bytes: rows[0].bytes };
  });

/** Grabs of two years, as G10 has them: ten districts, sixty industries, six tiers, two hundred banks. */
async function fill(owner, acts) {
  const enterprises = Math.ceil(acts / actsOfEnterprise);
  await owner.query('create schema bench');
  await owner.query('create table bench.enterprise (number int primary key, uscc text not null)');
  for (let first = 0; first < enterprises; first += 50_000) {
    const numbers = Array.from({ length: Math.min(50_000, enterprises - first) }, (_, at) => first + at);
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
  await owner.query('vacuum analyze');
}

/** The service's own reading, without HTTP and without its limit of time. */
async function readerOf(settings) {
  Object.assign(process.env, settings, { COUNT_TIMEOUT_MS: '55000' });
  const [{ DataSource }, { databaseOptions }, { database }, { FactReader }] = await Promise.all([
    import('typeorm'),
    import('../dist/libs/database/src/index.js'),
    import('../dist/apps/supervision/src/data-source.js'),
    import('../dist/apps/supervision/src/indicator/fact-reader.service.js'),
  ]);
  const db = await new DataSource(databaseOptions(database)).initialize();
  return { db, reader: new FactReader() };
}

async function timeAll(db, reader) {
  const seen = {};
  for (const [what, question] of Object.entries(questions)) {
    const each = [];
    for (let at = 0; at < readsOfQuestion; at += 1) {
      const began = performance.now();
      await db.transaction((tx) => reader.read(tx, { measure: 'grabs', ...question }));
      each.push(performance.now() - began);
    }
    seen[what] = percentile(each, 0.5);
  }
  return seen;
}
