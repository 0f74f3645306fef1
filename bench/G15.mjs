import { setTimeout as pause } from 'node:timers/promises';

import { until, withHouse } from './crash/house.mjs';
import { addEnterprises } from './G14.mjs';
import { signer } from './ground.mjs';
import { enterpriseOf, isDraft, race } from './market/race.mjs';
import { seedMarket } from './market/seed.mjs';
import { allBanks, renewing, settled, tokensOf } from './market/service.mjs';
import { figure } from './measure.mjs';
import { dice } from './search/city.mjs';

const racers = 16;
const breathMs = 25;
/** So many processes may be dead at a time, and so much is done before the next one dies. */
const killers = 2;
const betweenKills = 20;
const needs = 100_000;
/** Kafka takes longest to come back: it is killed, but not most of the time. */
const victims = [
  ...Array(6).fill('marketplace-1'),
  ...Array(6).fill('marketplace-2'),
  ...Array(3).fill('supervision-1'),
  ...Array(3).fill('supervision-2'),
  ...Array(4).fill('postgres'),
  ...Array(2).fill('front'),
  'kafka',
];

export const bench = {
  what: 'crash: acknowledged commands lost or doubled, from HTTP to the regulator’s facts, while any process is killed with -9',
  floor: 0,
  stretch: 0,
  better: 'less',
  async run({ quick, rounds: kills = quick ? 8 : 200, rows: count = quick ? 20_000 : 160_000 }) {
    return withHouse({ copies: 2 }, async (house) => {
      const bankIds = allBanks();
      await seedMarket(house.owner, { needs, bankIds });
      const { pids } = house.state;
      await settled({ serverPid: pids.postgres, service: { child: { pid: pids['marketplace-1'] } } });
      const sign = await signer(house.owner);
      const signEnterprises = await addEnterprises(house.owner, sign, enterpriseOf(count - 1) + 1);
      const { tokens, end } = await renewing(async () => ({
        manager: await tokensOf({ bankIds, sign }),
        enterprise: await signEnterprises(),
      }));
      const ports = ['front', 'marketplace-1', 'marketplace-2'].map((name) => house.portOf(name));
      let over = false;
      let done = 0;
      const answered = () => (done += 1);
      const running = race({ ports, racers, count, tokens, breathMs, isOver: () => over, answered });
      const killed = await killAll({ house, kills, done: () => done }).finally(() => (over = true));
      const seen = await running;
      end();
      const found = await audit(house, seen);
      console.log(
        JSON.stringify({
          killed: Object.fromEntries(killed),
          ...found,
          again: seen.reasons,
          examples: seen.wrong.slice(0, 5),
        }),
      );
      return {
        ...summed(found, seen, killed),
        settings: { racers, 'dead at a time': killers, copies: 2 },
        versions: {},
      };
    });
  },
};

async function killAll({ house, kills, done }) {
  const roll = dice(15);
  const killed = new Map();
  const dead = new Set();
  let left = kills;
  const killer = async () => {
    while (left > 0) {
      const name = victims[roll(victims.length)];
      if (dead.has(name)) {
        await pause(20);
        continue;
      }
      left -= 1;
      dead.add(name);
      await house.renew(name);
      dead.delete(name);
      killed.set(name, (killed.get(name) ?? 0) + 1);
      if (left > 0 && left % 20 === 0) console.log(`${kills - left} killed`);
      // Where nothing is under way, nothing can be lost.
      const before = done();
      await until(() => done() >= before + betweenKills, 600_000);
      await pause(roll(200));
    }
  };
  await Promise.all(Array.from({ length: killers }, killer));
  return killed;
}

/** Every command was sent until it was answered: what the tables hold must be exactly what was answered. */
async function audit({ owner }, { ids, wrong }) {
  const one = async (sql, values = []) => Number((await owner.query(sql, values)).rows[0].count);
  const answered = [...ids].map(([number, given]) => ({ draft: isDraft(number), given: [...given] }));
  const [drafts, grabs] = [answered.filter(({ draft }) => draft), answered.filter(({ draft }) => !draft)];
  const given = answered.flatMap((each) => each.given);
  await until(async () => (await one('select count(*) from marketplace.outbox')) === 0);
  const facts = () => one(`select count(*) from supervision.fact where kind = 'GRAB'`);
  await until(async () => (await facts()) >= grabs.length).catch(() => undefined);
  // A copy that is still on its way would come now.
  await pause(3_000);
  return {
    answered: ids.size,
    wrong: wrong.length,
    lost: await one(
      `select count(*) from unnest($1::uuid[]) as given (id)
       where not exists (select from marketplace.grab where grab.id = given.id)
         and not exists (select from marketplace.need where need.id = given.id)`,
      [given],
    ),
    answeredApart: answered.filter((each) => each.given.length > 1).length,
    grabsTooMany: (await one('select count(*) from marketplace.grab')) - grabs.length,
    draftsTooMany: (await one(`select count(*) from marketplace.need where purpose like '%race-%'`)) - drafts.length,
    factsOff: (await facts()) - grabs.length,
    countedOff:
      (await one(`select coalesce(sum(count), 0) as count from supervision.rollup where kind = 'GRAB'`)) - grabs.length,
    parked: await one(
      'select (select count(*) from supervision.dead_letter) + (select count(*) from marketplace.dead_letter) as count',
    ),
  };
}

function summed(found, seen, killed) {
  const { lost, answeredApart, grabsTooMany, draftsTooMany, factsOff, countedOff, parked } = found;
  const doubled = [answeredApart, grabsTooMany, draftsTooMany].reduce((sum, value) => sum + Math.abs(value), 0);
  const less = (what, unit, value) => ({ ...figure(what, unit, [value]), better: 'less' });
  return {
    ours: { unit: 'lost or doubled', rounds: [lost + doubled + Math.abs(factsOff) + Math.abs(countedOff)] },
    base: null,
    ratio: null,
    also: [
      less('acknowledged and lost', 'commands', lost),
      less('doubled', 'commands', doubled),
      less('facts of the regulator too many or too few', 'facts', factsOff),
      less('increments of the regulator too many or too few', 'facts', countedOff),
      less('events parked', 'events', parked),
      less('answers that may not be', 'answers', found.wrong),
      figure('acknowledged commands', 'commands', [found.answered]),
      figure('sent once more, as a process was away', 'requests', [seen.again]),
      ...[...killed]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([name, times]) => figure(`kill -9 of ${name}`, 'times', [times])),
    ],
  };
}
