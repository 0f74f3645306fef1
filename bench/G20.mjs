import { randomUUID } from 'node:crypto';

import { until } from './crash/house.mjs';
import { onGround, signer } from './ground.mjs';
import { allBanks, settled, tokensOf } from './market/service.mjs';
import { comparison, figure, interleave, pluck, round } from './measure.mjs';
import { dice, percentile } from './search/city.mjs';
import { seedShape, sizesOf } from './shape/seed.mjs';
import { addPerson, ask, deliverFirm, startStandalone } from './standalone.mjs';
import { usccOf } from './uscc.mjs';

const [usual, tenth] = [65_000, 10];
const readsOfKind = 60;
/** A slow kind is read less often. */
const [readsLeast, kindMs] = [15, 3_000];

export const bench = {
  what: 'shape: p95 of the main reads at ten times as many enterprises and records, over a tenth of them; the worst kind of read',
  floor: 1.5,
  stretch: 1.2,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows: enterprises = quick ? 2_000 : usual }) {
    return withCity(enterprises, (large) =>
      withCity(enterprises / tenth, async (small) => {
        const seen = await interleave({
          rounds,
          ours: (turn) => readAll(large, turn),
          base: (turn) => readAll(small, turn),
        });
        const settings = {
          enterprises: `${enterprises} over ${enterprises / tenth}`,
          records: `${large.records} over ${small.records}`,
          'reads of a kind and round': readsOfKind,
        };
        return { ...summed(seen, { large, small }), settings, versions: large.versions };
      }),
    );
  },
};

/** A house of its own with a city of this size in it, and everybody who reads. */
function withCity(enterprises, work) {
  return onGround(async (ground) => {
    const house = await startStandalone(ground.settings);
    const bankIds = allBanks();
    const sign = await signer(ground.owner);
    const operator = await addPerson(ground.owner, sign, { kind: 'operator', code: 'BENCH-OP', role: 'operator' });
    await scoreOne(ground.owner, house.url, operator);
    const city = await seedShape({ ...ground, enterprises, bankIds });
    const tokens = {
      operator,
      // Signed now: they live a quarter of an hour.
      manager: (await tokensOf({ bankIds, sign }))[0],
      regulator: await addPerson(ground.owner, sign, { kind: 'regulator', code: 'BENCH-RE', role: 'regulator' }),
    };
    await settled({ serverPid: ground.serverPid, service: house });
    const sizes = await sizesOf(ground.owner);
    try {
      return await work({ ...ground, ...city, house, tokens, sizes });
    } finally {
      await house.stop();
    }
  });
}

/** One enterprise comes the usual way; all others get a portrait like its own. */
async function scoreOne(owner, url, token) {
  await deliverFirm(url, token, { uscc: usccOf(99_000_000), name: '苏州样本科技有限公司', reference: 'sample' });
  await until(async () => (await owner.query('select from profiling.enterprise')).rowCount === 1);
}

/** What people and programs read most, each as whoever reads it. */
const reads = {
  'search by two characters': ({ names, roll }) => ({
    who: 'manager',
    path: `/api/profiling/enterprises?q=${encodeURIComponent(names[roll(names.length)].slice(2, 4))}`,
  }),
  'portrait of an enterprise': ({ needs, roll }) => ({
    who: 'manager',
    path: `/api/profiling/enterprises/${usccOf(roll(needs))}`,
  }),
  'credit report': ({ needs, roll }) => ({
    who: 'manager',
    path: '/api/credit/queries',
    method: 'POST',
    body: { uscc: usccOf(roll(needs)), purpose: 'PRE_LOAN' },
    headers: { 'idempotency-key': randomUUID() },
  }),
  'board of leads': () => ({ who: 'manager', path: '/api/marketplace/leads?limit=20' }),
  'leads of a district': ({ roll }) => ({
    who: 'manager',
    path: `/api/marketplace/leads?limit=20&district=3205${String(1 + roll(9)).padStart(2, '0')}`,
  }),
  'overview of the regulator': () => ({ who: 'regulator', path: '/api/supervision/overview' }),
  'indicator by district': () => ({
    who: 'regulator',
    path: '/api/supervision/indicators?measure=disbursedFen&by=district&from=2025-12-01&to=2026-10-31',
  }),
  'feeds with their quality': () => ({ who: 'operator', path: '/api/ingestion/feeds?limit=50' }),
};

async function readAll({ house, tokens, names, needs }, turn) {
  const roll = dice(20 + turn);
  const p95s = {};
  for (const [name, ask20] of Object.entries(reads)) {
    const times = [];
    const began = performance.now();
    for (let at = 0; at < readsOfKind && (at < readsLeast || performance.now() - began < kindMs); at += 1) {
      const { who, path, ...rest } = ask20({ names, needs, roll });
      const asked = performance.now();
      await ask(house.url, path, { token: tokens[who], ...rest });
      times.push(performance.now() - asked);
    }
    p95s[name] = percentile(times, 0.95);
  }
  return p95s;
}

function summed({ ours, base }, { large, small }) {
  const lines = Object.keys(reads).map((name) =>
    comparison(name, 'ms p95', [pluck(ours, name), pluck(base, name)], 'less'),
  );
  const [worst, ...others] = lines.toSorted((a, b) => b.ratio.median - a.ratio.median);
  const size = (what, name) => ({
    what,
    ours: { unit: 'bytes', rounds: [round(large.sizes[name] / large.records)] },
    base: { unit: 'bytes', rounds: [round(small.sizes[name] / small.records)] },
  });
  return {
    ours: worst.ours,
    base: { what: `the same read (${worst.what}) at a tenth of the size`, ...worst.base },
    ratio: worst.ratio,
    also: [
      ...others.map((line) => ({ ...line, better: 'less' })),
      size('disk of a record, with its head and indexes', 'ingestion'),
      figure('disk of the whole database', 'GB', [large.sizes.all / 1e9]),
      figure('disk of an enterprise in profiling, with its search document', 'bytes', [
        large.sizes.profiling / large.enterprises,
      ]),
      figure('records put in', 'records/s', [large.rate]),
      figure('margins of the regulator made anew', 's', [large.marginSeconds]),
    ],
  };
}
