import { onGround, signer } from './ground.mjs';
import { needs } from './market/pairs.mjs';
import { checkMarket, seedMarket } from './market/seed.mjs';
import { allBanks, matched, settled, startMarketplace, tokensOf } from './market/service.mjs';
import { figure, pluck, ratioOf, round } from './measure.mjs';
import { startChild, stop } from './processes.mjs';

const connections = 64;
const load = 0.8;

export const bench = {
  what: 'tail: the slowest hundredth of grabs over the middle one, at four fifths of the own top rate',
  floor: 3,
  stretch: 2,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, seconds = quick ? 2 : 6 }) {
    return onGround(async (ground) => {
      const bankIds = allBanks();
      await seedMarket(ground.owner, { needs, bankIds });
      const bout = { ...ground, seconds, bankIds, next: 0, sign: await signer(ground.owner) };
      bout.generator = await startChild('market/load.mjs');
      bout.service = await startMarketplace(ground.settings);
      await matched(bout.owner);
      await settled(bout);
      const seen = [];
      for (let turn = 0; turn <= rounds; turn += 1) {
        const shot = await roundOf(bout);
        console.log(`${turn === 0 ? 'warm-up' : `round ${turn}`}  ${JSON.stringify(shot)}`);
        if (turn > 0) seen.push(shot);
      }
      await Promise.all([bout.generator.stop(), stop(bout.service.child)]);
      const settings = { connections, seconds, needs, load };
      return { ...summed(seen), settings, versions: ground.versions };
    });
  },
};

/** The top rate of this very round first: the machine's own ups and downs are not the service's. */
async function roundOf(bout) {
  await bout.owner.query('checkpoint');
  const tokens = await tokensOf(bout);
  const top = await shoot(bout, 'fire', { tokens });
  const { rate, p50, p99 } = await shoot(bout, 'pace', { tokens, rate: top.rate * load });
  await checkMarket(bout.owner);
  return { top: round(top.rate), rate: round(rate), p50: round(p50), p99: round(p99) };
}

async function shoot(bout, way, wish) {
  const { seconds, next: first, service } = bout;
  const shot = await bout.generator.call(way, { port: service.port, connections, seconds, first, ...wish });
  bout.next += shot.used;
  if (shot.others > 0) throw new Error(`not every grab was granted: ${JSON.stringify(shot.statuses)}`);
  return shot;
}

function summed(seen) {
  const [p99, p50] = [pluck(seen, 'p99'), pluck(seen, 'p50')];
  return {
    ours: { unit: 'ms', rounds: p99 },
    base: { what: 'the middle grab of the same seconds', unit: 'ms', rounds: p50 },
    ratio: ratioOf(p99, p50, 'less'),
    also: [
      figure('grabs a second at four fifths', 'grabs/s', pluck(seen, 'rate')),
      figure('top rate, 64 at once', 'grabs/s', pluck(seen, 'top')),
    ],
  };
}
