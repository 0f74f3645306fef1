import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

import { onGround, signer } from './ground.mjs';
import { idOf, kinds } from './market/pairs.mjs';
import { codeOf, seedMarket } from './market/seed.mjs';
import { settled, startMarketplace, tokensOf } from './market/service.mjs';
import { comparison, figure, interleave, pluck, round } from './measure.mjs';
import { cpuSeconds, stop } from './processes.mjs';
import { dice, percentile } from './search/city.mjs';

const banks = 200;
/** Each bank looks again every four seconds; seldom in a quick look, which crowded machines take as well. */
const [lookMs, quickLookMs] = [4_000, 20_000];
const page = 20;

export const bench = {
  what: 'lead board: p95 with 20,000 open needs and 200 banks that look again every four seconds, over the bare statement of a page',
  floor: 3,
  stretch: 2,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, seconds = quick ? 8 : 20, rows: needs = quick ? 4_000 : 20_000 }) {
    const everyMs = (quick ? quickLookMs : lookMs) / banks;
    return onGround(async (ground) => {
      const bankIds = Array.from({ length: banks }, (_, bank) => ({ bank, managers: [bank] }));
      await seedMarket(ground.owner, { needs, bankIds });
      await vary(ground.owner);
      const sign = await signer(ground.owner);
      const service = await startMarketplace(ground.settings);
      await settled({ serverPid: ground.serverPid, service });
      const bare = await barePages(ground.settings);
      const tokens = await tokensOf({ bankIds, sign });
      const http = httpPages(service.port, tokens);
      try {
        for (const query of Object.values(kindsOfPage)) await expectEqual(http, bare, query(dice(3)));
        const seen = await interleave({
          rounds,
          ours: (turn) => spending(ground, service, () => watch(http.read, { seconds, turn, everyMs })),
          base: (turn) => spending(ground, service, () => watch(bare.read, { seconds, turn, everyMs })),
        });
        const settings = { needs, banks, 'looks a second': round(1_000 / everyMs), seconds, page };
        return { ...summed(seen), settings, versions: ground.versions };
      } finally {
        await bare.close();
        await stop(service.child);
      }
    });
  },
};

/** Published one after the other over the last days, in ten districts, sixty industries, tiers, bands and amounts. */
async function vary(owner) {
  await owner.query(`
    update marketplace.need set
      published_at = now() - make_interval(secs => (hashtextextended(id::text, 1) & 262143)),
      amount_fen = (10 + (hashtextextended(id::text, 2) & 2047)) * 1000000::bigint,
      security = (array['UNSECURED','GUARANTEE','MORTGAGE','PLEDGE'])[1 + (hashtextextended(id::text, 3) & 3)],
      tier = (array['T1','T2','T3','T4'])[1 + (hashtextextended(id::text, 4) & 3)],
      industry2 = (10 + (hashtextextended(id::text, 7) & 63))::text,
      district = '3205' || lpad((1 + (hashtextextended(id::text, 6) & 7))::text, 2, '0')`);
  await owner.query('vacuum analyze');
}

const district = (roll) => `3205${String(1 + roll(8)).padStart(2, '0')}`;
const industry = (roll) => String(10 + roll(64));

/** What banks look at: mostly the whole board, then what they lend to. */
const kindsOfPage = {
  newest: () => ({}),
  district: (roll) => ({ district: district(roll) }),
  industry: (roll) => ({ industry: industry(roll) }),
  narrow: (roll) => ({ district: district(roll), industry: industry(roll), tier: `T${1 + roll(4)}` }),
  full: () => ({ room: 'FULL' }),
};
const shares = ['newest', 'newest', 'newest', 'newest', 'newest', 'district', 'district', 'industry', 'narrow', 'full'];

function httpPages(port, tokens) {
  const agent = new Agent({ keepAlive: true, maxSockets: banks });
  const read = (bank, query) =>
    new Promise((done, fail) => {
      const path = `/api/marketplace/leads?${new URLSearchParams({ limit: String(page), ...query })}`;
      const headers = { authorization: `Bearer ${tokens[bank]}` };
      request({ host: '127.0.0.1', port, path, agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => (text += part));
        answer.on('end', () => {
          if (answer.statusCode === 200) done(JSON.parse(text).items);
          else fail(new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`));
        });
      })
        .on('error', fail)
        .end();
    });
  return { read };
}

/** The board's own statement on connections of the same role and number, and nothing around it. */
async function barePages(settings) {
  const { boardSql } = await import('../dist/apps/marketplace/src/lead/lead.service.js');
  const sql = boardSql({
    after: '($14::timestamptz is null or (n.published_at, n.id) < ($14, $15::uuid))',
    order: 'n.published_at desc, n.id desc limit $16',
  });
  const pool = new pg.Pool({ connectionString: settings.MARKETPLACE_DATABASE_URL, max: 10 });
  const caps = JSON.stringify([{ product: null, district: null, weight: 0, places: 1_000_000, over_bp: 100_000_000 }]);
  const read = async (bank, { district: inDistrict, industry: inIndustry, tier, room }) => {
    const now = new Date();
    const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const who = [idOf(kinds.bank, bank), codeOf(bank), today, room !== 'FULL', null, null];
    const rest = [inDistrict, inIndustry, tier, null, null, null, null, page + 1];
    const { rows } = await pool.query(sql, [now, caps, ...who, ...rest]);
    return rows.slice(0, page);
  };
  return { read, close: () => pool.end() };
}

async function expectEqual(http, bare, query) {
  const [ours, base] = await Promise.all([http.read(7, query), bare.read(7, query)]);
  const idsOf = (rows) => rows.map((row) => row.id ?? row.needId).join();
  if (idsOf(ours) !== idsOf(base)) throw new Error(`pages differ for ${JSON.stringify(query)}`);
}

/** Every bank looks when it is due, whatever the answers: what a look waits for counts as its time. */
async function watch(read, { seconds, turn, everyMs }) {
  const roll = dice(40 + turn);
  const times = Object.fromEntries(Object.keys(kindsOfPage).map((kind) => [kind, []]));
  const began = performance.now();
  const looks = [];
  for (let at = 0; at * everyMs < seconds * 1_000; at += 1) {
    const dueAt = began + at * everyMs;
    const kind = shares[roll(shares.length)];
    const query = kindsOfPage[kind](roll);
    const wait = dueAt - performance.now();
    if (wait > 0) await pause(wait);
    looks.push(read(at % banks, query).then(() => times[kind].push(performance.now() - dueAt)));
  }
  await Promise.all(looks);
  const all = Object.values(times).flat();
  const of = Object.entries(times).map(([kind, own]) => [kind, percentile(own, 0.95)]);
  return { looks: all.length, p95: percentile(all, 0.95), p50: percentile(all, 0.5), ...Object.fromEntries(of) };
}

/** With the processor time of a look, which a crowded machine does not lengthen. */
async function spending({ serverPid }, service, work) {
  const spent = async () => [await cpuSeconds(service.child.pid), await cpuSeconds(serverPid, { children: true })];
  const before = await spent();
  const seen = await work();
  const after = await spent();
  const [node, postgres] = after.map((seconds, side) => ((seconds - before[side]) * 1_000) / seen.looks);
  return { ...seen, node, postgres };
}

function summed({ ours, base }) {
  const line = (name) => comparison(name, 'ms', [pluck(ours, name), pluck(base, name)], 'less');
  const main = line('p95');
  return {
    ours: main.ours,
    base: { what: 'the statement of a page through the driver alone, at the same pace', ...main.base },
    ratio: main.ratio,
    also: [
      { ...line('p50'), better: 'less' },
      ...Object.keys(kindsOfPage).map((kind) => ({ ...line(kind), what: `p95 of pages: ${kind}`, better: 'less' })),
      figure('processor time of a look in the service', 'ms', pluck(ours, 'node')),
      { ...line('postgres'), what: 'processor time of a look in PostgreSQL', better: 'less' },
    ],
  };
}
