import { setTimeout as pause } from 'node:timers/promises';

import { until, withHouse } from './crash/house.mjs';
import { startMeter } from './crash/meter.mjs';
import { addEnterprises } from './G14.mjs';
import { signer } from './ground.mjs';
import { enterpriseOf, race } from './market/race.mjs';
import { seedMarket } from './market/seed.mjs';
import { allBanks, settled, tokensOf } from './market/service.mjs';
import { comparison, interleave, pluck } from './measure.mjs';

const needs = 100_000;
const racers = 16;
/** Far below what one core could do: what is looked for is when all is as before, and not how fast a backlog is worked off. */
const breathMs = 40;
const steadyMs = 3_000;
const normalShare = 0.8;
const windowMs = 500;

/** What is ended, and by which count its absence shows. */
const victims = [
  { name: 'marketplace-1', title: 'marketplace', by: 'answered', orderly: 'SIGTERM' },
  // SIGTERM would wait until everybody has left by himself.
  { name: 'postgres', title: 'PostgreSQL', by: 'answered', orderly: 'SIGINT' },
  { name: 'kafka', title: 'Kafka', by: 'heard', orderly: 'SIGTERM' },
];

export const bench = {
  what: 'recovery: from kill -9 to the rate of before, over an orderly end and start of the same process',
  floor: 2,
  stretch: 1.2,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows: count = 400_000 }) {
    return withHouse({ copies: 1, settings: { DRAIN_MS: '0' } }, async (house) => {
      const bankIds = allBanks();
      await seedMarket(house.owner, { needs, bankIds });
      const { pids } = house.state;
      await settled({ serverPid: pids.postgres, service: { child: { pid: pids['marketplace-1'] } } });
      const sign = await signer(house.owner);
      const enterprise = await addEnterprises(house.owner, sign, enterpriseOf(count - 1) + 1);
      const tokens = { manager: await tokensOf({ bankIds, sign }), enterprise };
      let over = false;
      const ports = [house.portOf('marketplace-1')];
      const meter = startMeter(house);
      const running = race({ ports, racers, count, tokens, breathMs, isOver: () => over, answered: meter.answered });
      await pause(steadyMs * 2);
      const seen = await interleave({
        rounds,
        ours: () => eachOf(house, meter, () => 'SIGKILL'),
        base: () => eachOf(house, meter, ({ orderly }) => orderly),
      });
      over = true;
      await running;
      meter.stop();
      return {
        ...summed(seen),
        settings: { racers, 'pause of a racer': `${breathMs} ms`, 'normal is': normalShare },
        versions: {},
      };
    });
  },
};

async function eachOf(house, meter, signalOf) {
  const times = {};
  for (const victim of victims)
    times[victim.name] = await recovery({ house, meter, ...victim, signal: signalOf(victim) });
  return times;
}

/** Seconds from the end of the process until the rate is again what it was before. */
async function recovery({ house, meter, name, by, signal }) {
  await until(() => house.takesWork('marketplace-1'));
  await pause(steadyMs);
  const normal = meter.rate(by, steadyMs);
  const before = house.state.pids[name];
  process.kill(before, signal);
  // An orderly end takes its time; what counts is how long nobody is there.
  await until(() => !isAlive(before));
  const ended = performance.now();
  await until(() => (house.state.pids[name] ?? before) !== before);
  await pause(windowMs);
  await until(() => meter.rate(by, windowMs) >= normal * normalShare);
  return (performance.now() - windowMs - ended) / 1_000;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function summed({ ours, base }) {
  const lines = victims.map(({ name, title }) =>
    comparison(title, 's', [pluck(ours, name), pluck(base, name)], 'less'),
  );
  const [first, ...also] = lines;
  return {
    ours: first.ours,
    base: { what: 'the same process ended in order and started again', ...first.base },
    ratio: first.ratio,
    also: also.map((line) => ({ ...line, better: 'less' })),
  };
}
