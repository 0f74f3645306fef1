import { setTimeout as pause } from 'node:timers/promises';

import { withHouse } from './crash/house.mjs';
import { onGround, signer } from './ground.mjs';
import { setLimits } from './market/seed.mjs';
import { interleave, pluck, ratioOf, round } from './measure.mjs';
import { percentile } from './search/city.mjs';
import { addPerson, ask, deliverFirm, startStandalone } from './standalone.mjs';
import { usccOf } from './uscc.mjs';

const services = 'identity,ingestion,credit,profiling,marketplace,supervision,notification';
/** Regulators see no cell of fewer than five enterprises. */
const firms = 6;
const patienceMs = 120_000;
const lookEveryMs = 10;
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

export const bench = {
  what: 'latency: from a delivered file to the hit of a search, and from an act to the tile of the regulator, as a cluster over one process',
  floor: 3,
  stretch: 1.5,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows: times = quick ? 2 : 8 }) {
    return onGround(async (ground) => {
      const standalone = await startStandalone(ground.settings);
      const settings = { CLUSTER_SERVICES: services, CLUSTER_ELASTICSEARCH: '1', LOG_LEVEL: 'error' };
      const seen = await withHouse({ copies: 1, settings }, async (house) => {
        const one = await aCast(ground.owner, standalone.url);
        const many = await aCast(house.owner, house.state.url);
        return interleave({ rounds, ours: () => story(many, times), base: () => story(one, times) });
      });
      await standalone.stop();
      return { ...summed(seen), settings: { 'deliveries a round': times }, versions: ground.versions };
    });
  },
};

/** Who acts in one house: an operator who delivers and searches, a regulator, enterprises that ask for money. */
async function aCast(owner, url) {
  // Every act withdraws the one before: what is there stays counted, and nobody is punished for it.
  await setLimits(owner, { freeWithdrawals: 1_000 });
  const sign = await signer(owner);
  const operator = await addPerson(owner, sign, { kind: 'operator', code: 'BENCH-OP', role: 'operator' });
  const regulator = await addPerson(owner, sign, { kind: 'regulator', code: 'BENCH-RE', role: 'regulator' });
  const cast = { url, operator, regulator, enterprises: [], delivered: 0, asked: 0 };
  for (let at = 0; at < firms; at += 1) {
    const uscc = usccOf(8_000_000 + at);
    await fileToHit(cast, uscc);
    const token = await addPerson(owner, sign, { kind: 'enterprise', code: uscc, uscc, role: 'enterprise' });
    await ask(url, '/api/credit/authorisations', {
      token,
      method: 'POST',
      body: {
        limbs: ['COLLECTION', 'USE'],
        institutions: 'ALL',
        purposes: ['PRE_LOAN'],
        validFrom: today,
        validTo: inDays(300),
      },
    });
    cast.enterprises.push(token);
  }
  for (const token of cast.enterprises) await publish(cast, token);
  await until(async () => (await tile(cast)) >= firms);
  return cast;
}

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function story(cast, times) {
  const seen = { hit: [], tile: [] };
  for (let at = 0; at < times; at += 1) {
    seen.hit.push(await fileToHit(cast, usccOf(9_000_000 + cast.delivered)));
    seen.tile.push(await actToTile(cast));
  }
  return {
    hit: percentile(seen.hit, 0.5),
    hitWorst: Math.max(...seen.hit),
    tile: percentile(seen.tile, 0.5),
    tileWorst: Math.max(...seen.tile),
  };
}

/** Milliseconds from the first byte of a file to the answer that has its enterprise. */
async function fileToHit(cast, uscc) {
  const number = (cast.delivered += 1);
  const name = `苏州${uscc.slice(8, 17)}快递有限公司`;
  const began = performance.now();
  await deliverFirm(cast.url, cast.operator, { uscc, name, reference: `bench-${number}` });
  const path = `/api/profiling/enterprises?q=${encodeURIComponent(name)}`;
  await until(async () =>
    (await ask(cast.url, path, { token: cast.operator })).items.some((item) => item.uscc === uscc),
  );
  return performance.now() - began;
}

/** Milliseconds from the publication of a need to the tile that counts it. */
async function actToTile(cast) {
  const before = await tile(cast);
  const token = cast.enterprises[(cast.asked += 1) % firms];
  const began = performance.now();
  const withdraw = await publish(cast, token);
  await until(async () => (await tile(cast)) > before);
  const took = performance.now() - began;
  await withdraw();
  return took;
}

async function publish({ url }, token) {
  const contact = { name: '周会计', phone: '13800001111' };
  const body = { amountFen: '500000000', termMonths: 12, purpose: '研发投入', security: 'UNSECURED', contact };
  const { id } = await ask(url, '/api/marketplace/needs', { token, method: 'POST', body });
  await ask(url, `/api/marketplace/needs/${id}/publication`, { token, method: 'POST', body: {} });
  // Within the limit of open needs; what has happened stays counted.
  return () => ask(url, `/api/marketplace/needs/${id}/withdrawal`, { token, method: 'POST', body: {} });
}

async function tile({ url, regulator }) {
  const { tiles } = await ask(url, '/api/supervision/overview', { token: regulator });
  return Number(tiles.find(({ measure }) => measure === 'needs').value ?? 0);
}

async function until(what) {
  for (const giveUpAt = performance.now() + patienceMs; !(await what()); await pause(lookEveryMs))
    if (performance.now() > giveUpAt) throw new Error(`waited in vain: ${what}`);
}

function summed({ ours, base }) {
  const line = (what, name) => ({
    what,
    ours: { unit: 'ms', rounds: pluck(ours, name).map(round) },
    base: { unit: 'ms', rounds: pluck(base, name).map(round) },
    ratio: ratioOf(pluck(ours, name), pluck(base, name), 'less'),
    better: 'less',
  });
  const { ours: cluster, base: standalone, ratio } = line('', 'hit');
  return {
    ours: cluster,
    base: { what: 'the house in one process on PostgreSQL alone', ...standalone },
    ratio,
    also: [
      line('file to search hit, the worst of a round', 'hitWorst'),
      line('act to the regulator’s tile, p50', 'tile'),
      line('act to the regulator’s tile, the worst of a round', 'tileWorst'),
    ],
  };
}
