// docs/scale.md by simulation: how enterprises spread over shards, partitions and lanes, which tables of the house can be spread
// as they are, and how many shards the main acts and reads touch once they are.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import kafkajs from 'kafkajs';

import { until } from './crash/house.mjs';
import { onGround, signer } from './ground.mjs';
import { allBanks, settled, tokensOf } from './market/service.mjs';
import { figure, round } from './measure.mjs';
import { groups, shardOf, shards, spread } from './shape/layout.mjs';
import { seedShape } from './shape/seed.mjs';
import { addPerson, ask, deliverFirm, startStandalone } from './standalone.mjs';
import { usccOf } from './uscc.mjs';

const usual = 65_000;
/** Enterprises that are seeded for the reads: how many shards one of them touches does not depend on it. */
const seeded = 300;
/** Other work of the house may fall into the moment of a read: what it touches every time is its own. */
const repeats = 4;

export const bench = {
  what: 'layout: rows in the fullest of 128 shards over their mean, enterprises of very different size; and shards that a read touches',
  floor: 1.5,
  stretch: 1.2,
  better: 'less',
  async run({ rows: enterprises = usual }) {
    return onGround(async (ground) => {
      const spreads = [...(await overShards(ground.owner, enterprises)), ...overLanes(enterprises)];
      const { done, refused } = await spread(ground.owner);
      for (const { table, why } of refused) console.log(`not as it is: ${table} (${why})`);
      const touched = await readsOf(ground);
      for (const { what, text } of touched) console.log(`${what}: ${text}`);
      const [main, ...others] = spreads;
      return {
        ours: { unit: 'of the mean', rounds: [main.value] },
        base: null,
        ratio: null,
        also: [
          ...others.map(({ what, value }) => figure(what, 'of the mean', [value])),
          figure('tables that are spread as they are', 'tables', [done.length]),
          figure('tables that are not', 'tables', [new Set(refused.map(({ table }) => table)).size]),
          ...touched.map(({ what, text, shards: count }) => figure(`${what}: ${text}`, `of ${shards} shards`, [count])),
        ].map((line) => ({ ...line, better: 'less' })),
        settings: { enterprises, shards, 'enterprises read': seeded },
        versions: ground.versions,
      };
    });
  },
};

/** Records of an enterprise: most have few, one in a hundred has a fifth of all. The mean is that of a city. */
const recordsOf = (number) => (number % 100 === 0 ? 15_520 : number % 10 === 0 ? 2_328 : 431);

/** By PostgreSQL's own functions: Citus cuts the range of `hashtext` evenly, hash partitions take the rest of a division. */
async function overShards(owner, enterprises) {
  const usccs = Array.from({ length: enterprises }, (_, number) => usccOf(number));
  const weights = usccs.map((_, number) => recordsOf(number));
  await owner.query('create schema spread');
  await owner.query('create table spread.enterprise (uscc text primary key, records int not null)');
  await owner.query('insert into spread.enterprise select * from unnest($1::text[], $2::int[])', [usccs, weights]);
  const found = [];
  for (const count of [128, 64, 32]) {
    const { rows } = await owner.query(
      `select count(*)::int as enterprises, sum(records)::float8 as records
       from spread.enterprise group by ((hashtext(uscc)::bigint + 2147483648) * $1) >> 32`,
      [count],
    );
    found.push(...fullest(`of ${count} shards`, rows, count));
  }
  for (const count of [16, 64]) {
    await owner.query(`create table spread.p${count} (uscc text, records int) partition by hash (uscc)`);
    for (let at = 0; at < count; at += 1)
      await owner.query(`create table spread.p${count}_${at} partition of spread.p${count}
        for values with (modulus ${count}, remainder ${at})`);
    await owner.query(`insert into spread.p${count} select * from spread.enterprise`);
    const { rows } = await owner.query(
      `select count(*)::int as enterprises, sum(records)::float8 as records from spread.p${count} group by tableoid`,
    );
    found.push(...fullest(`of ${count} hash partitions`, rows, count));
  }
  await owner.query('drop schema spread cascade');
  return found;
}

/** As kafkajs places keys, which is as every client of Kafka does; an event for each record. */
function overLanes(enterprises) {
  const place = kafkajs.Partitioners.DefaultPartitioner();
  return [64, 32, 16, 8].flatMap((count) => {
    const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 0 }));
    const lanes = Array.from({ length: count }, () => ({ enterprises: 0, records: 0 }));
    for (let number = 0; number < enterprises; number += 1) {
      const lane = lanes[place({ topic: 'a', partitionMetadata, message: { key: usccOf(number) } })];
      lane.enterprises += 1;
      lane.records += recordsOf(number);
    }
    return fullest(`of ${count} lanes`, lanes, count);
  });
}

function fullest(of, rows, count) {
  const most = (name) => {
    const values = rows.map((row) => row[name]);
    return round((Math.max(...values) * count) / values.reduce((sum, one) => sum + one, 0));
  };
  return [
    { what: `records in the fullest ${of}`, value: most('records') },
    { what: `enterprises in the fullest ${of}`, value: most('enterprises') },
  ];
}

/** What people do most, in a house whose tables are spread; each many times, with another enterprise. */
const acts = {
  'portrait of an enterprise': ({ at }) => ({ who: 'manager', path: `/api/profiling/enterprises/${usccOf(at)}` }),
  'credit report': ({ at }) => ({
    who: 'manager',
    path: '/api/credit/queries',
    method: 'POST',
    body: { uscc: usccOf(at), purpose: 'PRE_LOAN' },
    headers: { 'idempotency-key': randomUUID() },
  }),
  'grab of a need': ({ at }) => ({
    who: 'manager',
    path: `/api/marketplace/needs/${needId(at)}/grabs`,
    method: 'POST',
    body: { intendedFen: '1000000' },
    headers: { 'idempotency-key': randomUUID() },
  }),
  'a delivery of one enterprise, with its scoring': ({ at }) => ({ deliver: usccOf(90_000_000 + at) }),
  'search by two characters': () => ({
    who: 'manager',
    path: `/api/profiling/enterprises?q=${encodeURIComponent('科技')}`,
  }),
  'board of leads': () => ({ who: 'manager', path: '/api/marketplace/leads?limit=20' }),
  'overview of the regulator': () => ({ who: 'regulator', path: '/api/supervision/overview' }),
};
const needId = (at) => `00000001-0000-7000-8000-${String(at).padStart(12, '0')}`;

async function readsOf({ owner, settings, home, serverPid }) {
  await tellPlans(owner);
  const file = join(home, 'plans');
  writeFileSync(file, '');
  const preload = join(import.meta.dirname, 'shape/plans.mjs');
  const house = await startStandalone({ ...settings, PLANS_FILE: file, NODE_OPTIONS: `--import=${preload}` });
  try {
    const tokens = await fill({ owner, settings, house });
    await settled({ serverPid, service: house });
    const found = [];
    for (const [what, wish] of Object.entries(acts))
      found.push(await touchedBy({ what, wish, house, tokens, file, owner }));
    return found;
  } finally {
    await house.stop();
  }
}

async function tellPlans(owner) {
  const { rows } = await owner.query('select current_database() as name');
  const wishes = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  };
  for (const [name, value] of Object.entries(wishes))
    await owner.query(`alter database ${rows[0].name} set ${name} = '${value}'`);
}

async function fill({ owner, settings, house }) {
  const bankIds = allBanks();
  const sign = await signer(owner);
  const operator = await addPerson(owner, sign, { kind: 'operator', code: 'BENCH-OP', role: 'operator' });
  await deliverFirm(house.url, operator, {
    uscc: usccOf(99_000_000),
    name: '苏州样本科技有限公司',
    reference: 'sample',
  });
  await until(async () => (await owner.query('select from profiling.enterprise')).rowCount === 1);
  await seedShape({ owner, settings, enterprises: seeded, bankIds });
  return {
    operator,
    manager: (await tokensOf({ bankIds, sign }))[0],
    regulator: await addPerson(owner, sign, { kind: 'regulator', code: 'BENCH-RE', role: 'regulator' }),
  };
}

/** Shards by group that an act has read at the least, of several times. */
async function touchedBy({ what, wish, house, tokens, file, owner }) {
  const seen = [];
  for (let at = 1; at <= repeats; at += 1) {
    writeFileSync(file, '');
    const { who, path, deliver, ...rest } = wish({ at });
    if (deliver) {
      await deliverFirm(house.url, tokens.operator, {
        uscc: deliver,
        name: '苏州样本科技有限公司',
        reference: deliver,
      });
      await until(
        async () => (await owner.query('select from profiling.enterprise where uscc = $1', [deliver])).rowCount === 1,
      );
    } else await ask(house.url, path, { token: tokens[who], ...rest });
    seen.push(shardsIn(file));
  }
  const tables = new Set(seen.flatMap((one) => [...one.keys()]));
  const least = [...tables]
    .map((table) => [table, Math.min(...seen.map((one) => one.get(table)?.size ?? 0))])
    .filter(([, count]) => count > 0);
  const text = least.map(([table, count]) => `${table} ${count}`).join(', ');
  return { what, text, shards: Math.max(0, ...least.map(([, count]) => count)) };
}

/** Shards by table. SHOW_STATEMENTS=1 prints what has read more than one. */
function shardsIn(file) {
  const found = new Map();
  if (!existsSync(file)) return found;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { Plan: plan, 'Query Text': text } = JSON.parse(JSON.parse(line));
    const own = new Map();
    walk(plan, ({ table, shard }) => own.set(table, (own.get(table) ?? new Set()).add(shard)));
    for (const [table, some] of own) {
      if (some.size > 1 && process.env.SHOW_STATEMENTS)
        console.log(`  ${table} ${some.size}: ${text.replaceAll(/\s+/g, ' ').slice(0, 160)}`);
      found.set(table, (found.get(table) ?? new Set()).union(some));
    }
  }
  return found;
}

function walk(plan, note) {
  const shard = plan['Relation Name'] && shardOf(plan.Schema ?? schemaOf(plan['Relation Name']), plan['Relation Name']);
  if (shard && plan['Actual Loops'] > 0) note(shard);
  for (const child of plan.Plans ?? []) walk(child, note);
}

/** Plans name a schema only when they are verbose; names of relations that are spread are each in one schema but for read logs. */
function schemaOf(relation) {
  const base = relation.replace(/_\d+$/, '');
  const all = Object.values(groups).flat();
  return all.find((text) => text.split(' ')[0].endsWith(`.${base}`))?.split('.')[0];
}
