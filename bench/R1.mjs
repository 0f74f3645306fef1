import { resolve } from 'node:path';

import { labelledClaims, labelledRegister } from '../apps/ingestion/test/labelled-claims.ts';
import { count, precisionOf, recallOf } from '../apps/ingestion/test/labelled-scores.ts';
import { onGround } from './ground.mjs';
import { figure, ratioOf, round } from './measure.mjs';

const { makeUscc, SystemClock } = await import('../dist/libs/kernel/src/index.js');
const resolving = '../dist/apps/ingestion/src/resolve';

/** As many enterprises as the platform holds; rounds draw other claims about the same register. */
const firmsMax = 647_000;

export const bench = {
  what: 'rows without a code: links made without a person that are right, labelled names against a register of 647,000',
  floor: 0.995,
  stretch: 0.999,
  async run({ quick, rounds = quick ? 1 : 3, rows = quick ? 1_000 : 4_000 }) {
    return onGround(async (ground) => {
      const size = quick ? 20_000 : firmsMax;
      const matcher = await matcherOn(ground.owner);
      const register = labelledRegister(size, 7, makeUscc);
      const loadedMs = await load(ground.owner, register, matcher.reading);
      const seen = [];
      for (let turn = 1; turn <= rounds; turn += 1) {
        const one = await judge(labelledClaims(register, rows, turn), matcher, namesOf(register));
        console.log(`round ${turn}  precision ${one.precision}  recall ${one.recall}  p99 ${one.p99} ms`);
        seen.push(one);
      }
      tableOf(seen);
      return summed(
        seen,
        { firms: size, claims: rows, 'names loaded in s': Math.round(loadedMs / 1000) },
        ground.versions,
      );
    });
  },
};

async function matcherOn(owner) {
  const { NameRegister } = await import(`${resolving}/name-register.service.js`);
  const { ReadingNames } = await import(`${resolving}/reading-names.service.js`);
  process.env.CONTRACTS_DIR ??= resolve(import.meta.dirname, '../infra/contracts');
  const reading = new ReadingNames(new SystemClock());
  const db = {
    rows: async (sql, values) =>
      (await owner.query(sql.replace('from enterprise_name', 'from ingestion.enterprise_name'), values)).rows,
  };
  return { reading, register: new NameRegister(undefined, reading), db };
}

/** Whole names as a table would have them: the baseline that looks a name up and does nothing else. */
function namesOf(register) {
  const names = new Map();
  for (const { name, former, uscc } of register)
    for (const one of [name, ...former]) names.set(one, names.has(one) ? null : uscc);
  return names;
}

async function load(owner, register, reading) {
  const { keysOfName, organisationKey, registrationKey } = await import(`${resolving}/name-key.driver.js`);
  const started = performance.now();
  await owner.query('drop index ingestion.enterprise_name_keys');
  for (let from = 0; from < register.length; from += 5_000) {
    const rows = register.slice(from, from + 5_000).flatMap((firm) =>
      [firm.name, ...firm.former].map((name, place) => ({
        uscc: firm.uscc,
        record_key: firm.uscc,
        place,
        former: place > 0,
        name,
        registration_number: firm.registrationNumber,
        representative: reading.plain(firm.representative),
        division: firm.division,
        address: reading.plain(firm.address),
        keys: [
          organisationKey(firm.uscc.slice(8, 17)),
          registrationKey(firm.registrationNumber),
          ...keysOfName(reading.name(name)),
        ],
      })),
    );
    await owner.query(
      `insert into ingestion.enterprise_name
       select uscc, 1, record_key, place, former, name, registration_number, representative, division, address, keys
       from jsonb_to_recordset($1::jsonb) as n (uscc text, record_key text, place smallint, former boolean, name text,
         registration_number text, representative text, division text, address text, keys text[])`,
      [JSON.stringify(rows)],
    );
  }
  await owner.query('create index enterprise_name_keys on ingestion.enterprise_name using gin (keys)');
  await owner.query('analyze ingestion.enterprise_name');
  return performance.now() - started;
}

async function judge(claims, { reading, register, db }, names) {
  const [ours, base] = [new Map(), new Map()];
  const times = [];
  for (const claim of claims) {
    const started = performance.now();
    const wanted = reading.wanted(claim.claimed);
    const { outcome, candidates } = reading.verdict(wanted, await register.lookUp(db, wanted));
    times.push(performance.now() - started);
    const usccs = candidates.map(({ uscc }) => uscc);
    count(ours, claim, outcome === 'SURE' ? usccs[0] : null, usccs);
    count(base, claim, names.get(claim.claimed.name) ?? null, []);
  }
  times.sort((a, b) => a - b);
  const [all, plain] = [ours.get('all'), base.get('all')];
  return {
    scores: ours,
    precision: precisionOf(all),
    recall: recallOf(all),
    shown: (all.right + all.shown) / all.known,
    baseRecall: recallOf(plain),
    p50: round(times[Math.floor(times.length / 2)]),
    p99: round(times[Math.floor(times.length * 0.99)]),
  };
}

/** By treatment, over all rounds. */
function tableOf(seen) {
  const names = [...new Set(seen.flatMap(({ scores }) => [...scores.keys()]))].toSorted((a, b) => a.localeCompare(b));
  for (const name of names) {
    const sum = (part) => seen.reduce((total, { scores }) => total + (scores.get(name)?.[part] ?? 0), 0);
    const [known, links, right, shown] = ['known', 'links', 'right', 'shown'].map(sum);
    console.log(`${name.padEnd(44)} known ${known}  linked ${links}  right ${right}  shown to a person ${shown}`);
  }
}

const exact = (values) => values.map((value) => Number(value.toFixed(5)));

function summed(seen, settings, versions) {
  const of = (name) => seen.map((one) => one[name]);
  return {
    ours: { unit: 'of links', rounds: exact(of('precision')) },
    also: [
      {
        what: 'of claims about registered firms: linked, and rightly',
        ours: { unit: 'of claims', rounds: exact(of('recall')) },
        base: { what: 'looking up the whole name', unit: 'of claims', rounds: exact(of('baseRecall')) },
        ratio: ratioOf(of('recall'), of('baseRecall')),
      },
      {
        what: 'linked rightly, or the right firm among the five shown',
        ours: { unit: 'of claims', rounds: exact(of('shown')) },
      },
      { ...figure('a claim, p50', 'ms', of('p50')), better: 'less' },
      { ...figure('a claim, p99', 'ms', of('p99')), better: 'less' },
    ],
    settings,
    versions,
  };
}
