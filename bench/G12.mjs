import { onGround } from './ground.mjs';
import { comparison, figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { cpuSeconds, startChild } from './processes.mjs';

const others = ['pg-boss', 'graphile-worker'];
const [single, bulk] = [1, 500];

export const bench = {
  what: 'outbox: events a second from the transaction of the act to the effect at the one who hears, over queues on PostgreSQL',
  floor: 1,
  stretch: 2,
  async run({ quick, rounds = quick ? 1 : 5, rows: events = quick ? 2_000 : 6_000 }) {
    return onGround(async (ground) => {
      await prepare(ground.owner);
      const sides = {};
      for (const side of ['ours', ...others])
        sides[side] = await startChild(`queue/${side}.mjs`, { ...ground.settings, BENCH_URL: ground.ownerUrl });
      const carry = (side) => carryBoth({ ...ground, child: sides[side], events });
      const seen = await interleave({
        rounds,
        ours: () => carry('ours'),
        base: async () => ({ ...named('boss', await carry(others[0])), ...named('worker', await carry(others[1])) }),
      });
      for (const child of Object.values(sides)) await child.stop();
      const settings = { 'acts of one event': events, 'acts of 500 events': (events * 5) / bulk, writers: 16 };
      return { ...summed(seen), settings, versions: ground.versions };
    });
  },
};

/** What an act writes beside its event, and what the one who hears it writes. */
async function prepare(owner) {
  await owner.query(`
    create schema bench;
    create table bench.act (number bigint primary key, key text not null);
    create table bench.effect (number bigint primary key, key text not null);
    grant usage on schema bench to public;
    grant select, insert on all tables in schema bench to public`);
}

const tables = ['bench.act', 'bench.effect', 'bus.message', 'marketplace.inbox', 'marketplace.outbox', 'pgboss.job'];

/** Every turn begins on empty tables, with nothing left to write for PostgreSQL. */
async function clear(owner) {
  for (const table of tables) {
    const { rows } = await owner.query('select to_regclass($1) is not null as there', [table]);
    if (rows[0].there) await owner.query(`truncate ${table}`);
  }
  await owner.query('checkpoint');
}

async function carryBoth({ owner, child, events, serverPid }) {
  await clear(owner);
  const spent = async () => [await cpuSeconds(child.pid), await cpuSeconds(serverPid, { children: true })];
  const before = await spent();
  const one = await child.call('carry', { events, perAct: single });
  const [nodeUs, serverUs] = (await spent()).map((value, at) => ((value - before[at]) / events) * 1e6);
  await clear(owner);
  const many = await child.call('carry', { events: events * 5, perAct: bulk });
  return { rate: one.rate, bulk: many.rate, nodeUs, serverUs };
}

const named = (prefix, figures) =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}.${name}`, value]));

function summed({ ours, base }) {
  const rates = pluck(ours, 'rate');
  const best = base.map((row) => Math.max(row['boss.rate'], row['worker.rate']));
  const over = (what, name, side) => comparison(what, 'events/s', [pluck(ours, name), pluck(base, `${side}.${name}`)]);
  const less = (what, name, rows) => ({ ...figure(what, 'µs', pluck(rows, name)), better: 'less' });
  return {
    ours: { unit: 'events/s', rounds: rates.map(round) },
    base: {
      what: 'the faster of pg-boss and graphile-worker, each in the same PostgreSQL, in the transaction of the act',
      unit: 'events/s',
      rounds: best.map(round),
    },
    ratio: ratioOf(rates, best),
    also: [
      over('one event an act, over pg-boss', 'rate', 'boss'),
      over('one event an act, over graphile-worker', 'rate', 'worker'),
      over('500 events an act, over pg-boss', 'bulk', 'boss'),
      over('500 events an act, over graphile-worker', 'bulk', 'worker'),
      less('Node CPU an event', 'nodeUs', ours),
      less('Node CPU an event, pg-boss', 'boss.nodeUs', base),
      less('Node CPU an event, graphile-worker', 'worker.nodeUs', base),
      less('PostgreSQL CPU an event', 'serverUs', ours),
      less('PostgreSQL CPU an event, pg-boss', 'boss.serverUs', base),
      less('PostgreSQL CPU an event, graphile-worker', 'worker.serverUs', base),
    ],
  };
}
