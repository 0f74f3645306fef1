import { onGround, signer } from './ground.mjs';
import { killing } from './market/killing.mjs';
import { seedMarket } from './market/seed.mjs';
import { allBanks, renewing, startMarketplace, tokensOf } from './market/service.mjs';
import { attemptOf, storm } from './market/storm.mjs';
import { figure } from './measure.mjs';
import { freePort, stop } from './processes.mjs';

const clients = 64;
const killEvery = 12;
const needAmountFen = 500_000_000;

/** Each of them is reached many times over. */
const limits = {
  maxGrabsPerNeed: 5,
  overSubscriptionBp: 15_000,
  maxOpenGrabsPerInstitution: 2_400,
  maxDailyGrabsPerInstitution: 2_000,
  maxOpenGrabsPerManager: 400,
  maxDailyGrabsPerManager: 350,
};

export const bench = {
  what: 'limits never broken: violations in attempts to grab through HTTP, sent again and out of order, services killed with -9',
  floor: 0,
  stretch: 0,
  better: 'less',
  async run({ quick, rows: count = quick ? 4_000 : 1_000_000, seed = 1 }) {
    const needs = quick ? 1_000 : 20_000;
    return onGround(async (ground) => {
      const bankIds = allBanks();
      await seedMarket(ground.owner, { needs, bankIds, limits });
      const sign = await signer(ground.owner);
      const { tokens, end } = await renewing(() => tokensOf({ bankIds, sign }));
      const ports = [await freePort(), await freePort()];
      const services = await Promise.all(ports.map((port) => startMarketplace(ground.settings, port)));
      const killer = killing({ ...ground, services, killEvery });
      const began = performance.now();
      const seen = await storm({ ports, clients, count, seed, needs, tokens });
      const seconds = (performance.now() - began) / 1_000;
      const kills = await killer.end();
      end();
      await Promise.all(services.map(({ child }) => stop(child)));
      const found = await audit(ground.owner, seen, { seed, needs });
      console.log(JSON.stringify({ ...found, codes: seen.codes, wrong: seen.wrong.slice(0, 5) }));
      const settings = { attempts: count, clients, needs, seed, services: services.length, ...limits };
      return { ...summed(found, seen, { kills, seconds }), settings, versions: ground.versions };
    });
  },
};

/** Grabs only come in and never leave here, so that a limit that was ever passed shows in the rows at the end. */
async function audit(owner, { ids, refused }, { seed, needs }) {
  const count = async (sql, values = []) => Number((await owner.query(sql, values)).rows[0].count);
  const over = (having, key, from = 'marketplace.grab') =>
    count(`select count(*) from (select from ${from} group by ${key} having ${having}) as over`);
  const day = `(grabbed_at at time zone 'Asia/Shanghai')::date`;
  const most = (needAmountFen * limits.overSubscriptionBp) / 10_000;
  const given = [...ids].map(([number, set]) => ({ ...attemptOf(number, { needs, seed }), given: [...set] }));
  const all = given.flatMap((each) => each.given);
  return {
    broken: {
      'places of a need': await over(`count(*) > ${limits.maxGrabsPerNeed}`, 'need_id'),
      'amount of a need': await over(`sum(intended_fen) > ${most}`, 'need_id'),
      'one place of a need for a bank': await over('count(*) > 1', 'need_id, institution_id'),
      'open grabs of a bank': await over(`count(*) > ${limits.maxOpenGrabsPerInstitution}`, 'institution_id'),
      'open grabs of a manager': await over(`count(*) > ${limits.maxOpenGrabsPerManager}`, 'manager_id'),
      'grabs of a bank on a day': await over(
        `count(*) > ${limits.maxDailyGrabsPerInstitution}`,
        `institution_id, ${day}`,
      ),
      'grabs of a manager on a day': await over(`count(*) > ${limits.maxDailyGrabsPerManager}`, `manager_id, ${day}`),
      'counters of needs': await count(`
        select count(*) from marketplace.need n
        left join (select need_id, count(*) as taken, sum(intended_fen) as fen from marketplace.grab group by 1) g on g.need_id = n.id
        where n.taken <> coalesce(g.taken, 0) or n.intended_fen <> coalesce(g.fen, 0)`),
      'counters of banks': await countersOff(count, 'institution'),
      'counters of managers': await countersOff(count, 'manager'),
    },
    lost: await count(
      `select count(*) from unnest($1::uuid[]) as given (id)
       where not exists (select from marketplace.grab where grab.id = given.id)`,
      [all],
    ),
    doubled: given.filter((each) => each.given.length > 1).length,
    apart: [...ids.keys()].filter((number) => refused.has(number)).length,
    unasked: (await count('select count(*) from marketplace.grab')) - new Set(all).size,
    grabs: await count('select count(*) from marketplace.grab'),
    needsFull: await over(`count(*) = ${limits.maxGrabsPerNeed}`, 'need_id'),
    banksFull: await over(`count(*) = ${limits.maxDailyGrabsPerInstitution}`, 'institution_id'),
    managersFull: await over(`count(*) = ${limits.maxDailyGrabsPerManager}`, 'manager_id'),
  };
}

const countersOff = (count, who) =>
  count(`
    select count(*) from marketplace.${who}_counter c
    left join (select ${who}_id, count(*) as open from marketplace.grab group by 1) g on g.${who}_id = c.id
    where c.open_grabs <> coalesce(g.open, 0)`);

function summed(
  { broken, lost, doubled, apart, unasked, ...reached },
  { codes, wrong, sent, again },
  { kills, seconds },
) {
  const less = (what, unit, value) => ({ ...figure(what, unit, [value]), better: 'less' });
  const violations = Object.values(broken).reduce((sum, value) => sum + value, 0);
  return {
    ours: { unit: 'violations', rounds: [violations + lost + doubled + apart + Math.abs(unasked)] },
    base: null,
    ratio: null,
    also: [
      ...Object.entries(broken).map(([what, value]) => less(`broken: ${what}`, 'times', value)),
      less('granted and lost', 'grabs', lost),
      less('attempts with two grabs', 'attempts', doubled),
      less('attempts granted and refused under one key', 'attempts', apart),
      less('answers that may not be', 'answers', wrong.length),
      figure('requests answered', 'requests', [sent]),
      figure('requests sent once more, as a service was away', 'requests', [again]),
      ...Object.entries(codes).map(([code, times]) => figure(`answered ${code}`, 'requests', [times])),
      figure('grabs', 'grabs', [reached.grabs]),
      figure('needs with all places taken', 'needs', [reached.needsFull]),
      figure('banks at their limit of the day', 'banks', [reached.banksFull]),
      figure('managers at their limit of the day', 'managers', [reached.managersFull]),
      figure('kill -9', 'times', [kills]),
      figure('it took', 's', [seconds]),
    ],
  };
}
