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
  const one = { ...usual, uscc: `91320505MA1X${String(serial).padStart(6, '0')}`, ...wish };
  const [needId, grabId, offerId] = [one.needId ?? randomUUID(), randomUUID(), randomUUID()];
  const { organisationId, organisationCode, personId } = bank.person!;
  if (!wish.needId)
    await db.query(
      `insert into marketplace.need (id, uscc, organisation_id, enterprise_name, amount_fen, term_months, purpose,
         shown_purpose, security, contact_name, contact_phone, several_lenders, status, created_by, created_at,
         published_at, closes_at, industry2)
       values ($1, $2, gen_random_uuid(), 'past', 100000000, 12, '研发', '研发', 'UNSECURED', 'x', 'x', false, 'FUNDED',
               gen_random_uuid(), $3, $3, $3::timestamptz + interval '15 days', '39')`,
      [needId, one.uscc, one.publishedAt],
    );
  await db.query(
    `insert into marketplace.grab (need_id, id, institution_id, institution_code, institution_name, manager_id, grabbed_by,
       intended_fen, status, limit_version, authorisation_id, grabbed_at, contact_by, evidence_by, decide_by,
       contacted_at, evidence_at, ended_at, ended_reason)
     values ($1, $2, $3, $4, $4, $5, $5, 1000, $6, 1, gen_random_uuid(), $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      needId,
      grabId,
      organisationId,
      organisationCode,
      one.managerId ?? personId,
      one.status,
      one.grabbedAt,
      one.contactBy,
      one.evidenceBy,
      one.decideBy,
      one.contactedAt,
      one.evidenceAt,
      one.endedAt,
      one.endedReason,
    ],
  );
  if (one.offer)
    await db.query(
      `insert into marketplace.offer (need_id, id, grab_id, amount_fen, annual_rate_bp, term_months, repayment, security,
         fees_fen, annual_cost_bp, above_rate_max, valid_to, status, made_by, made_at)
       values ($1, $2, $3, $4, $5, 12, 'BULLET', $6, 0, 400, false, '2026-12-31', 'ACCEPTED', $7, $8)`,
      [
        needId,
        offerId,
        grabId,
        one.offer.amountFen ?? '100000000',
        one.offer.rateBp ?? 395,
        one.offer.security ?? 'UNSECURED',
        personId,
        one.offer.at,
      ],
    );
  if (one.paid)
    await db.query(
      `insert into marketplace.disbursement (need_id, id, grab_id, offer_id, amount_fen, drawn_on, late, reported_by,
         reported_at) values ($1, gen_random_uuid(), $2, $3, $4, $5, false, $6, $5::date)`,
      [needId, grabId, offerId, one.paid.amountFen, one.paid.on, personId],
    );
  if (one.stars !== undefined)
    await db.query(
      `insert into marketplace.feedback (need_id, id, grab_id, institution_id, stars, given_by, given_at)
       values ($1, gen_random_uuid(), $2, $3, $4, gen_random_uuid(), '2026-10-29T02:00:00Z')`,
      [needId, grabId, organisationId, one.stars],
    );
  if (one.upheld !== undefined)
    await db.query(
      `insert into marketplace.complaint (need_id, id, grab_id, institution_id, organisation_id, category, text, status,
         filed_by, filed_at, answer_by, upheld, closed_by, closed_at)
       values ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), 'OTHER', 'x', 'CLOSED', gen_random_uuid(),
               '2026-10-20T02:00:00Z', '2026-10-25T02:00:00Z', $4, gen_random_uuid(), '2026-10-26T02:00:00Z')`,
      [needId, grabId, organisationId, one.upheld],
    );
  return { needId, grabId };
}
