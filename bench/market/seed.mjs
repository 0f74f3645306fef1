// A market that nobody exhausts: published needs whose enterprises have signed, banks with signed-in managers, limits
// raised the way an operator would, by approved changes.
import { addBanks } from '../ground.mjs';
import { usccOf } from '../uscc.mjs';
import { idOf, kinds } from './pairs.mjs';

const rowsPerStatement = 20_000;
const raised = {
  maxGrabsPerNeed: 1_000_000,
  overSubscriptionBp: 100_000_000,
  maxOpenGrabsPerInstitution: 10_000_000,
  maxOpenGrabsPerManager: 10_000_000,
  maxDailyGrabsPerInstitution: 10_000_000,
  maxDailyGrabsPerManager: 10_000_000,
  institutionRequestsPerSecond: 1_000_000,
  personRequestsPerSecond: 1_000_000,
};

/** @param {{ needs: number, bankIds: { bank: number, managers: number[] }[], limits?: Record<string, number> }} wish numbers, see pairs.mjs */
export async function seedMarket(owner, { needs, bankIds, limits = {} }) {
  await owner.query('create schema bench');
  await owner.query(`
    create function bench.id(kind int, number int) returns uuid immutable language sql as $$
      select ('0000000' || kind || '-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$`);
  await setLimits(owner, { ...raised, ...limits });
  for (let from = 0; from < needs; from += rowsPerStatement)
    await addNeeds(owner, from, Math.min(needs, from + rowsPerStatement));
  await addBanks(owner, bankIds.map(bankOf));
  for (const [table, people] of [
    ['institution_counter', bankIds.map(({ bank }) => idOf(kinds.bank, bank))],
    ['manager_counter', bankIds.flatMap(({ managers }) => managers.map((manager) => idOf(kinds.manager, manager)))],
  ])
    await owner.query(`insert into marketplace.${table} (id) select unnest($1::uuid[])`, [people]);
  // Plans made on empty tables are ten times slower: both sides plan on what is there.
  await owner.query('vacuum analyze');
}

/** Limits as the operator would set them, by approved changes. @param {Record<string, number>} limits */
export async function setLimits(owner, limits) {
  for (const [what, value] of Object.entries(limits))
    await owner.query(
      `insert into marketplace.limit_change
         (id, what, value, effective_from, source, reason, status, version, proposed_at, decided_at)
       values (gen_random_uuid(), $1, $2, '2016-01-01', 'bench', 'for a bench', 'APPROVED',
               nextval('marketplace.limit_version'), now(), now())`,
      [what, value],
    );
}

async function addNeeds(owner, from, to) {
  const usccs = Array.from({ length: to - from }, (_, at) => usccOf(from + at));
  await owner.query(
    `insert into marketplace.need
       (id, uscc, organisation_id, enterprise_name, amount_fen, term_months, purpose, shown_purpose, security,
        contact_name, contact_phone, several_lenders, status, created_by, created_at, published_at, closes_at, district,
        industry2, tier, score_band, model_version)
     select bench.id(1, $1 + place::int - 1), uscc, gen_random_uuid(), '苏州测试企业' || place, 500000000, 12, '流动资金',
            '流动资金', 'UNSECURED', '联系人', '051200000000', true, 'PUBLISHED', gen_random_uuid(), now(), now(),
            now() + interval '15 days', '320506', '39', 'T3', 'B', 'bench'
     from unnest($2::text[]) with ordinality as enterprise (uscc, place)`,
    [from, usccs],
  );
  await owner.query(
    `insert into credit.authorisation
       (id, uscc, limbs, purposes, valid_from, valid_to, text_version, text_hash, signed_at, signed_by, signed_session,
        signed_name, signed_address)
     select gen_random_uuid(), uscc, '{COLLECTION,USE}', '{PRE_LOAN}', current_date - 10, current_date + 300, 'bench',
            'bench', now(), gen_random_uuid(), gen_random_uuid(), 'bench', '127.0.0.1'
     from unnest($1::text[]) as enterprise (uscc)`,
    [usccs],
  );
}

const bankOf = ({ bank, managers }) => ({
  id: idOf(kinds.bank, bank),
  code: codeOf(bank),
  managers: managers.map((manager) => ({
    personId: idOf(kinds.manager, manager),
    sessionId: idOf(kinds.session, manager),
  })),
});

export const codeOf = (bank) => `BENCH-${bank}`;

/** Counters, rows, audit and stored answers must tell one story after every run. */
export async function checkMarket(owner) {
  const { rows } = await owner.query(`
    select (select count(*) from marketplace.grab)::int as grabs,
           (select sum(taken) from marketplace.need)::int as taken,
           (select sum(open_grabs) from marketplace.institution_counter)::int as banks,
           (select sum(open_grabs) from marketplace.manager_counter)::int as managers,
           (select count(*) from marketplace.audit where act = 'GRABBED')::int as audited,
           (select count(*) from marketplace.idempotency)::int as answers`);
  const [{ grabs, ...others }] = rows;
  if (Object.values(others).some((count) => count !== grabs))
    throw new Error(`the books do not agree: ${JSON.stringify(rows[0])}`);
  return grabs;
}
