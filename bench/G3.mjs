import { onGround } from './ground.mjs';
import { needs } from './market/pairs.mjs';
import { checkMarket, seedMarket } from './market/seed.mjs';
import { interleave, pluck, ratioOf, round } from './measure.mjs';
import { startChild } from './processes.mjs';

/** A bank may take one place of a need, so a hot need wants as many banks as grabs: both sides have the same banks. */
const warmUp = 4_000;

export const bench = {
  what: 'hot need: grabs of one need over grabs spread over all, at service level, 64 at a time',
  floor: 0.95,
  stretch: 1.2,
  async run({ quick, rounds = quick ? 1 : 7, rows: count = quick ? 4_000 : 40_000 }) {
    return onGround(async (ground) => {
      const bankIds = Array.from({ length: warmUp + count }, (_, bank) => ({ bank, managers: [bank] }));
      // One need a round is the hot one; the spread leaves these alone.
      await seedMarket(ground.owner, { needs: needs + rounds + 1, bankIds });
      const lane = await startChild('market/lane-worker.mjs', ground.settings);
      const bout = { ...ground, lane, count };
      const seen = await interleave({
        rounds,
        ours: (turn) => grab(bout, { hot: needs + turn, key: `hot-${turn}` }),
        base: (turn) => grab(bout, { from: turn * 1_009, needs, key: `spread-${turn}` }),
      });
      await lane.stop();
      await checkMarket(ground.owner);
      const settings = { grabs: count, 'at once': 64, needs, banks: bankIds.length };
      return { ...summed(seen), settings, versions: ground.versions };
    });
  },
};

async function grab({ owner, lane, count }, wish) {
  await owner.query('checkpoint');
  await lane.call('grab', { ...wish, first: count, count: warmUp });
  return { rate: count / (await lane.call('grab', { ...wish, first: 0, count })) };
}

function summed({ ours, base }) {
  const [hot, spread] = [pluck(ours, 'rate'), pluck(base, 'rate')];
  return {
    ours: { unit: 'grabs/s', rounds: hot.map(round) },
    base: { what: 'the same banks, each with another need', unit: 'grabs/s', rounds: spread.map(round) },
    ratio: ratioOf(hot, spread),
    also: [],
  };
}
