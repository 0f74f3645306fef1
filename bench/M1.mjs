import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';

import { onGround } from './ground.mjs';
import { idOf, kinds } from './market/pairs.mjs';
import { codeOf, seedMarket } from './market/seed.mjs';
import { figure, round } from './measure.mjs';
import { percentile } from './search/city.mjs';

const banks = 200;

export const bench = {
  what: 'matching: all needs against the whole shelf, judged for both sides and written down',
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows: needs = quick ? 1_000 : 10_000 }) {
    const products = quick ? 60 : 300;
    return onGround(async ({ owner, settings, versions }) => {
      Object.assign(process.env, settings);
      const bankIds = Array.from({ length: banks }, (_, bank) => ({ bank, managers: [] }));
      await seedMarket(owner, { needs, bankIds });
      await vary(owner);
      await addShelf(owner, products);
      await owner.query('vacuum analyze');
      const app = await startMarketplace();
      try {
        return { ...summed(await measure(app, { needs, rounds })), settings: { needs, products, banks }, versions };
      } finally {
        await app.close();
      }
    });
  },
};

/** Needs that differ in everything a rule may ask for, and enterprises behind them. */
async function vary(owner) {
  await owner.query(`
    update marketplace.need set
      amount_fen = (10 + (hashtextextended(id::text, 1) & 2047)) * 1000000::bigint,
      term_months = 3 + (hashtextextended(id::text, 2) & 31),
      security = (array['UNSECURED','GUARANTEE','MORTGAGE','PLEDGE','IP_PLEDGE'])[1 + (hashtextextended(id::text, 3) & 3)],
      tier = (array['T1','T2','T3','T4'])[1 + (hashtextextended(id::text, 4) & 3)],
      score_band = (array['A','B','C','D'])[1 + (hashtextextended(id::text, 5) & 3)],
      district = '3205' || lpad((1 + (hashtextextended(id::text, 6) & 7))::text, 2, '0')`);
  await owner.query(`
    insert into profiling.enterprise (uscc, name, former_names, district, industry, industry2, status, tier, titles, score,
      score_band, model_version, score_id, dimensions, profile, visible_hash, withdrawn, updated_at)
    select uscc, enterprise_name, '{}', district, 'C3911', industry2, '存续', tier, '{高新技术企业}', 650, score_band, 'bench',
      gen_random_uuid(), '{}', '{}', 'x', false, now() from marketplace.need on conflict do nothing`);
}

const securities = ['UNSECURED', 'GUARANTEE', 'MORTGAGE', 'PLEDGE', 'IP_PLEDGE'];
const rules = [
  null,
  { field: 'tier', op: 'in', value: ['T2', 'T3', 'T4', 'T5'] },
  {
    all: [
      { field: 'scoreBand', op: 'in', value: ['A', 'B'] },
      { not: { field: 'titles', op: 'hasNone', value: ['高新技术企业'] } },
    ],
  },
  {
    any: [
      { field: 'district', op: 'in', value: ['320501', '320502', '320503'] },
      { field: 'score', op: 'gte', value: 600 },
    ],
  },
];

async function addShelf(owner, products) {
  for (let at = 0; at < products; at += 1) {
    const terms = {
      name: `产品 ${at}`,
      description: '',
      family: ['GENERAL', 'UNSECURED', 'IP_PLEDGE', 'KE_DAI_TONG'][at % 4],
      amountMinFen: '10000000',
      amountMaxFen: String((3 + (at % 17)) * 100_000_000),
      termMonthsMin: 1 + (at % 6),
      termMonthsMax: 12 + (at % 25),
      annualRateBpMin: 300 + (at % 120),
      annualRateBpMax: 600,
      security: securities.filter((_, index) => (at + index) % 3 === 0),
      repayment: ['BULLET'],
      fees: [],
      admission: rules[at % rules.length],
      programme: null,
    };
    await owner.query(
      `with made as (
         insert into marketplace.product (id, institution_id, institution_code, institution_name, name, description,
           amount_min_fen, amount_max_fen, term_months_min, term_months_max, annual_rate_bp_min, annual_rate_bp_max,
           security, status, created_by, created_at, changed_at)
         values (gen_random_uuid(), $1, $2, $2, $3, '', 1, 1, 1, 1, 1, 1, '{}', 'OFFERED', gen_random_uuid(), now(), now())
         returning id, created_by)
       insert into marketplace.product_version
       select id, 1, now() - interval '1 day', 'OFFERED', $4::jsonb, created_by, now() from made`,
      [idOf(kinds.bank, at % banks), codeOf(at % banks), terms.name, JSON.stringify(terms)],
    );
  }
}

async function startMarketplace() {
  const { MarketplaceModule } = await import('../dist/apps/marketplace/src/marketplace.module.js');
  return NestFactory.createApplicationContext(MarketplaceModule, { logger: false });
}

async function measure(app, { needs, rounds }) {
  const room = '../dist/apps/marketplace/src';
  const { MatchingService } = await import(`${room}/matching/matching.service.js`);
  const { LeadRanking } = await import(`${room}/matching/lead-ranking.service.js`);
  const { LeadService } = await import(`${room}/lead/lead.service.js`);
  const [matching, db] = [app.get(MatchingService), app.get(DataSource)];
  const now = () => new Date();
  const { MatchingJob } = await import(`${room}/matching/matching.job.js`);
  // The service would match everything by itself at the same time.
  await app.get(MatchingJob).pause();
  const all = async () => {
    let after = null;
    do after = await db.transaction((tx) => matching.matchAllAfter(tx, after, now()));
    while (after !== null);
  };
  const first = await timed(all);
  const again = [];
  for (let at = 0; at < rounds; at += 1) again.push(await timed(all));
  await db.query('analyze lead_fit, match_input');
  const some = Array.from({ length: 40 }, (_, at) => at);
  const bank = await times(some, (at) => db.transaction((tx) => matching.matchBank(tx, idOf(kinds.bank, at), now())));
  const need = await times(some, (at) =>
    db.transaction((tx) => matching.matchNeeds(tx, [idOf(kinds.need, (at * 97) % needs)], now())),
  );
  const board = (service, sort) =>
    times(some, (at) => app.get(service).list(db.manager, viewerOf(at), { sort, limit: 20 }, now()));
  return {
    memory: await inMemory(app, room, rounds),
    first,
    again,
    bank,
    need,
    newest: await board(LeadService, 'newest'),
    fit: await board(LeadRanking, 'fit'),
  };
}

/** The pure part: every pair judged for both sides, and a sample of pairs told with reasons. */
async function inMemory(app, room, rounds) {
  const { Shelf } = await import(`${room}/matching/shelf.service.js`);
  const inputs = await import(`${room}/matching/match-input.service.js`);
  const { bySecurity, explain, fitOf } = await import(`${room}/matching/fit.rules.js`);
  const db = app.get(DataSource).manager;
  const shelf = await app.get(Shelf).at(db, new Date());
  const facts = await db.query('select facts from match_input');
  const weights = { fitRateWeight: 40, fitBandWeight: 40, fitAmountWeight: 25, fitTermWeight: 15, fitFamilyWeight: 20 };
  const index = bySecurity(shelf);
  const judge = (factsOf, side) => () => {
    let fitting = 0;
    for (const row of facts) {
      const seen = factsOf(row);
      for (const product of index.get(seen.security) ?? []) if (fitOf(product, seen, side, weights)) fitting += 1;
    }
    return fitting;
  };
  const sides = { BANK: inputs.factsForBank, ENTERPRISE: inputs.factsForEnterprise };
  const answer = {};
  for (const [side, factsOf] of Object.entries(sides)) {
    const spent = [];
    for (let at = 0; at <= rounds; at += 1) spent.push(await timed(judge(factsOf, side)));
    answer[side] = spent.slice(1);
  }
  const told = facts.slice(0, 100);
  const spent = await timed(() => {
    for (const row of told) for (const product of shelf) explain(product, sides.ENTERPRISE(row), 'ENTERPRISE', weights);
  });
  answer.told = (spent * 1_000) / (told.length * shelf.length);
  return answer;
}

const viewerOf = (bank) => ({
  personId: idOf(kinds.manager, bank),
  sessionId: idOf(kinds.session, bank),
  roles: ['account-manager'],
  organisation: {
    id: idOf(kinds.bank, bank),
    kind: 'institution',
    code: codeOf(bank),
    status: 'ACTIVE',
    memberships: ['CREDIT', 'MARKETPLACE'],
  },
});

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function times(list, work) {
  const spent = [];
  for (const item of list) spent.push(await timed(() => work(item)));
  return spent;
}

function summed({ memory, first, again, bank, need, newest, fit }) {
  const less = (what, unit, values) => ({ ...figure(what, unit, values), better: 'less' });
  const p95 = (spent) => [percentile(spent, 0.95)];
  return {
    ours: { unit: 's', rounds: again.map((ms) => round(ms / 1_000)) },
    base: null,
    ratio: null,
    also: [
      less('the first time, nothing written yet', 's', [first / 1_000]),
      less('judged for banks, in memory alone', 'ms', memory.BANK),
      less('judged for enterprises, in memory alone', 'ms', memory.ENTERPRISE),
      less('a pair told with all its reasons', 'µs', [memory.told]),
      less('one bank matched anew, p95', 'ms', p95(bank)),
      less('one need matched anew, p95', 'ms', p95(need)),
      less('a page of the board, newest first, p95', 'ms', p95(newest)),
      less('a page of the board, best fit first, p95', 'ms', p95(fit)),
    ],
  };
}
