import { onGround, signer } from './ground.mjs';
import { addBase, findPgbench, runBase } from './market/base.mjs';
import { banks, needs } from './market/pairs.mjs';
import { checkMarket, seedMarket } from './market/seed.mjs';
import { allBanks, matched, settled, startMarketplace, tokensOf } from './market/service.mjs';
import { figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { cpuSeconds, startChild, stop } from './processes.mjs';

const connections = 64;
const warmUpSeconds = 2;

export const bench = {
  what: 'grab speed: durable grabs through HTTP, token, session, limits, log and outbox, at 64 connections',
  floor: 1.2,
  stretch: 2,
  async run({ quick, rounds = quick ? 1 : 5, seconds = quick ? 2 : 6 }) {
    const pgbench = findPgbench();
    return onGround(async (ground) => {
      const bankIds = allBanks();
      await seedMarket(ground.owner, { needs, bankIds });
      await addBase(ground.owner);
      const bout = { ...ground, pgbench, seconds, bankIds, next: 0, sign: await signer(ground.owner) };
      bout.clients = await bestClients(bout, quick ? 1 : 3);
      bout.load = await startChild('market/load.mjs');
      bout.service = await startMarketplace(bout.settings);
      await matched(bout.owner);
      await settled(bout);
      const seen = await interleave({ rounds, ours: () => ours(bout), base: () => base(bout) });
      bout.service.child.kill('SIGCONT');
      await Promise.all([bout.load.stop(), stop(bout.service.child)]);
      const settings = { connections, seconds, needs, banks, 'pgbench clients': bout.clients };
      return { ...summed(seen), settings, versions: ground.versions };
    });
  },
};

/** The base is taken at its best; it is told apart before the rounds, so that all of them use one. */
async function bestClients(bout, seconds) {
  const rates = new Map();
  for (const clients of [8, 16, 32]) {
    bout.clients = clients;
    rates.set(clients, (await base({ ...bout, seconds }, bout)).rate);
  }
  console.log(`pgbench ${[...rates].map(([clients, rate]) => `${clients} clients ${round(rate)}/s`).join(', ')}`);
  return [...rates].toSorted((a, b) => b[1] - a[1])[0][0];
}

async function base(bout, cursor = bout) {
  await clear(bout);
  const before = await cpuSeconds(bout.serverPid, { children: true });
  const { rate, used } = await runBase({ ...bout, first: cursor.next });
  cursor.next += used;
  const serverUs = (((await cpuSeconds(bout.serverPid, { children: true })) - before) / (rate * bout.seconds)) * 1e6;
  return { rate, serverUs };
}

/** Nobody relays what the base has put into the outbox; the service must not find it there. */
async function clear({ owner }) {
  await owner.query('truncate marketplace.outbox');
  await owner.query('checkpoint');
}

/** The service lives through all rounds, as it does in life; while the base has its turn it stands still. */
async function ours(bout) {
  await clear(bout);
  const { child, port } = bout.service;
  child.kill('SIGCONT');
  const tokens = await tokensOf(bout);
  await shoot(bout, { port, tokens, seconds: warmUpSeconds });
  const spent = async () => [
    await cpuSeconds(child.pid),
    await cpuSeconds(bout.load.pid),
    await cpuSeconds(bout.serverPid, { children: true }),
  ];
  const before = await spent();
  const shot = await shoot(bout, { port, tokens, seconds: bout.seconds });
  const [nodeUs, loadUs, serverUs] = (await spent()).map((value, at) => ((value - before[at]) / shot.granted) * 1e6);
  const { rows } = await bout.owner.query('select count(*)::int as waiting from marketplace.outbox');
  await checkMarket(bout.owner);
  child.kill('SIGSTOP');
  const { rate, p50, p99 } = shot;
  return { rate, p50, p99, nodeUs, loadUs, serverUs, untold: rows[0].waiting };
}

async function shoot(bout, { port, tokens, seconds }) {
  const shot = await bout.load.call('fire', { port, connections, seconds, first: bout.next, tokens });
  bout.next += shot.used;
  if (shot.others > 0) throw new Error(`not every grab was granted: ${JSON.stringify(shot.statuses)}`);
  return shot;
}

function summed({ ours: own, base: plain }) {
  const [ourRates, baseRates] = [pluck(own, 'rate'), pluck(plain, 'rate')];
  const less = (what, unit, name, rows = own) => ({ ...figure(what, unit, pluck(rows, name)), better: 'less' });
  return {
    ours: { unit: 'grabs/s', rounds: ourRates.map(round) },
    base: {
      what: 'pgbench calling one prepared function a grab, with the same effects in the same tables, at its best client count',
      unit: 'grabs/s',
      rounds: baseRates.map(round),
    },
    ratio: ratioOf(ourRates, baseRates),
    also: [
      less('p50', 'ms', 'p50'),
      less('p99', 'ms', 'p99'),
      less('service CPU a grab', 'µs', 'nodeUs'),
      less('PostgreSQL CPU a grab', 'µs', 'serverUs'),
      less('PostgreSQL CPU a grab, base', 'µs', 'serverUs', plain),
      less('load generator CPU a grab', 'µs', 'loadUs'),
      less('events that the relay had not yet passed on', 'events', 'untold'),
    ],
  };
}
