import { onGround } from './ground.mjs';
import { figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { fill, openIndex, pairsOf, percentile, timed, wordsOf } from './search/city.mjs';

export const bench = {
  what: 'search speed: p95 of a two-character search, over p50 of ILIKE',
  floor: 0.02,
  stretch: 0.0067,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows = quick ? 20_000 : 650_000 }) {
    return onGround(async ({ owner, versions }) => {
      const { db, index } = await openIndex();
      const city = await fill(db, index, owner, rows);
      const seen = await interleave({
        rounds,
        ours: async (turn) => ({
          ...(await search(index, wordsOf(city, 500, turn + 1))),
          any: (await search(index, pairsOf(city, 200, turn + 1))).p95,
        }),
        base: (turn) => scan(owner, pairsOf(city, 15, turn + 1)),
      });
      await db.destroy();
      return { ...summed(seen), settings: { names: rows, page: 20 }, versions };
    });
  },
};

function summed({ ours, base }) {
  const [p95, scans] = [pluck(ours, 'p95'), pluck(base, 'p50')];
  return {
    ours: { unit: 'ms p95', rounds: p95.map(round) },
    base: { what: "`ILIKE '%..%'` over the same names", unit: 'ms p50', rounds: scans.map(round) },
    ratio: ratioOf(p95, scans, 'less'),
    also: [
      { ...figure('p50', 'ms', pluck(ours, 'p50')), better: 'less' },
      { ...figure('p95 of any two neighbours, places and legal forms too', 'ms', pluck(ours, 'any')), better: 'less' },
    ],
  };
}

async function search(index, questions) {
  const times = await timed(questions, (text) => index.search({ text, facets: [], limit: 20 }));
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

async function scan(owner, questions) {
  const sql = 'select id, name from public.plain_name where name ilike $1 order by name limit 20';
  const times = await timed(questions, (text) => owner.query(sql, [`%${text}%`]));
  return { p50: percentile(times, 0.5) };
}
