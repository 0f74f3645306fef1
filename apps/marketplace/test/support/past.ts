import { randomUUID } from 'node:crypto';

import type { TestClient } from '../../../../test/support/test-service.js';
import type { Market } from './market.js';

/** A case of a past month, as its rows would be had it been lived through; instants are RFC 3339. */
export interface PastCase {
  uscc?: string;
  grabbedAt?: string;
  publishedAt?: string;
  contactBy?: string;
  evidenceBy?: string;
  decideBy?: string;
  contactedAt?: string | null;
  evidenceAt?: string | null;
  status?: string;
  endedAt?: string | null;
  endedReason?: string | null;
  managerId?: string;
  needId?: string;
  offer?: { at: string; security?: string; amountFen?: string; rateBp?: number };
  paid?: { on: string; amountFen: string };
  stars?: number;
  upheld?: boolean;
}

const usual = {
  grabbedAt: '2026-10-12T02:00:00Z',
  publishedAt: '2026-10-12T01:00:00Z',
  contactBy: '2026-10-13T15:59:59Z',
  evidenceBy: '2026-10-15T15:59:59Z',
  decideBy: '2026-10-26T15:59:59Z',
  contactedAt: '2026-10-12T03:00:00Z',
  evidenceAt: '2026-10-13T03:00:00Z',
  status: 'DISBURSED',
  endedAt: '2026-10-28T03:00:00Z',
  endedReason: null,
};
let serial = 0;

/** Writes a case of a bank straight into the tables; the ids of its need and grab. */
export async function aPastCase(
  { db }: Market,
  bank: TestClient,
  wish: PastCase = {},
): Promise<{ needId: string; grabId: string }> {
  serial += 1;
  const ids = { need_id: wish.needId ?? randomUUID(), grab_id: randomUUID(), offer_id: randomUUID() };
  const { organisationId, organisationCode, personId } = bank.person!;
  const one = {
    ...usual,
    uscc: `91320505MA1X${String(serial).padStart(6, '0')}`,
    managerId: personId,
    ...wish,
    ...ids,
    organisationId,
    organisationCode,
  };
  const write = (sql: string) => db.query(`with p as (select $1::jsonb as one) ${sql}`, [JSON.stringify(one)]);
  if (!wish.needId) await write(needSql);
  await write(grabSql);
  if (one.offer) await write(offerSql);
  if (one.paid) await write(paidSql);
  if (one.stars !== undefined) await write(feedbackSql);
  if (one.upheld !== undefined) await write(complaintSql);
  return { needId: ids.need_id, grabId: ids.grab_id };
}

const field = (name: string, type: string): string => `(one ->> '${name}')::${type}`;
const [needId, grabId, offerId] = ['need_id', 'grab_id', 'offer_id'].map((name) => field(name, 'uuid'));
const institution = field('organisationId', 'uuid');

const needSql = `
  insert into marketplace.need (id, uscc, organisation_id, enterprise_name, amount_fen, term_months, purpose, shown_purpose,
    security, contact_name, contact_phone, several_lenders, status, created_by, created_at, published_at, closes_at,
    industry2)
  select ${needId}, one ->> 'uscc', gen_random_uuid(), 'past', 100000000, 12, '研发', '研发', 'UNSECURED', 'x', 'x', false,
    'FUNDED', gen_random_uuid(), at, at, at + interval '15 days', '39'
  from p, lateral (select ${field('publishedAt', 'timestamptz')} as at) published`;

const grabSql = `
  insert into marketplace.grab (need_id, id, institution_id, institution_code, institution_name, manager_id, grabbed_by,
    intended_fen, status, limit_version, authorisation_id, grabbed_at, contact_by, evidence_by, decide_by, contacted_at,
    evidence_at, ended_at, ended_reason)
  select ${needId}, ${grabId}, ${institution}, one ->> 'organisationCode', one ->> 'organisationCode',
    ${field('managerId', 'uuid')}, ${field('managerId', 'uuid')}, 1000, one ->> 'status', 1, gen_random_uuid(),
    ${['grabbedAt', 'contactBy', 'evidenceBy', 'decideBy', 'contactedAt', 'evidenceAt', 'endedAt']
      .map((name) => field(name, 'timestamptz'))
      .join(', ')}, one ->> 'endedReason'
  from p`;

const offerSql = `
  insert into marketplace.offer (need_id, id, grab_id, amount_fen, annual_rate_bp, term_months, repayment, security,
    fees_fen, annual_cost_bp, above_rate_max, valid_to, status, made_by, made_at)
  select ${needId}, ${offerId}, ${grabId}, coalesce(one #>> '{offer,amountFen}', '100000000')::bigint,
    coalesce(one #>> '{offer,rateBp}', '395')::int, 12, 'BULLET', coalesce(one #>> '{offer,security}', 'UNSECURED'), 0,
    400, false, '2026-12-31', 'ACCEPTED', gen_random_uuid(), (one #>> '{offer,at}')::timestamptz
  from p`;

const paidSql = `
  insert into marketplace.disbursement (need_id, id, grab_id, offer_id, amount_fen, drawn_on, late, reported_by, reported_at)
  select ${needId}, gen_random_uuid(), ${grabId}, ${offerId}, (one #>> '{paid,amountFen}')::bigint,
    (one #>> '{paid,on}')::date, false, gen_random_uuid(), (one #>> '{paid,on}')::date
  from p`;

const feedbackSql = `
  insert into marketplace.feedback (need_id, id, grab_id, institution_id, stars, given_by, given_at)
  select ${needId}, gen_random_uuid(), ${grabId}, ${institution}, ${field('stars', 'int')}, gen_random_uuid(),
    '2026-10-29T02:00:00Z'
  from p`;

const complaintSql = `
  insert into marketplace.complaint (need_id, id, grab_id, institution_id, organisation_id, category, text, status,
    filed_by, filed_at, answer_by, upheld, closed_by, closed_at)
  select ${needId}, gen_random_uuid(), ${grabId}, ${institution}, gen_random_uuid(), 'OTHER', 'x', 'CLOSED',
    gen_random_uuid(), '2026-10-20T02:00:00Z', '2026-10-25T02:00:00Z', ${field('upheld', 'boolean')}, gen_random_uuid(),
    '2026-10-26T02:00:00Z'
  from p`;
