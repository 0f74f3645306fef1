import { randomUUID } from 'node:crypto';

import {
  authorisationRevoked,
  authorisationSigned,
  disbursementReported,
  type EventDefinition,
  type EventEnvelope,
  grabChanged,
  needChanged,
  offerChanged,
} from '@app/contracts';
import { addDays, day, dayOf, makeUscc, uuidv7 } from '@app/kernel';
import fc from 'fast-check';

import type { TestDatabase } from '../../../test/support/database.js';

/** One bank's case of a need: how far it got. */
export interface CaseWish {
  bank: number;
  hoursToContact: number | null;
  offerFen: bigint | null;
  rateBp: number;
  end: 'DECLINED' | 'ACCEPTED' | 'DISBURSED' | null;
  paidDaysLater: number;
}

export interface NeedWish {
  enterprise: number;
  district: string | null;
  industry: string | null;
  tier: string | null;
  amountFen: bigint;
  publishedAt: Date;
  cases: CaseWish[];
}

const caseWish: fc.Arbitrary<CaseWish> = fc.record({
  bank: fc.integer({ min: 0, max: 3 }),
  hoursToContact: fc.option(fc.double({ min: 0, max: 300, noNaN: true })),
  offerFen: fc.option(fc.bigInt({ min: 1n, max: 9_000_000_000n })),
  rateBp: fc.integer({ min: 0, max: 3_600 }),
  end: fc.constantFrom('DECLINED' as const, 'ACCEPTED' as const, 'DISBURSED' as const, null),
  paidDaysLater: fc.integer({ min: 0, max: 40 }),
});

/** Needs over four months, some of them in the last second of one. */
export const needWish: fc.Arbitrary<NeedWish> = fc.record({
  enterprise: fc.integer({ min: 0, max: 9 }),
  district: fc.constantFrom('320505', '320583', null),
  industry: fc.constantFrom('39', '35', null),
  tier: fc.constantFrom('T1', 'T3', null),
  amountFen: fc.bigInt({ min: 1_000_000n, max: 900_000_000_000n }),
  publishedAt: fc.oneof(
    fc.date({ min: new Date('2026-06-01T00:00:00Z'), max: new Date('2026-09-30T00:00:00Z'), noInvalidDate: true }),
    fc.constantFrom('2026-06-30T15:59:59.999Z', '2026-06-30T16:00:00Z').map((at) => new Date(at)),
  ),
  cases: fc.uniqueArray(caseWish, { maxLength: 4, selector: ({ bank }) => bank }),
});

export const usccOf = (enterprise: number) => makeUscc('320505', 8_000_000 + enterprise);
export const bankOf = (bank: number) => `BANK${bank}`;

type Data<E> = E extends EventDefinition<infer D> ? D : never;

/** What happened in a market: the events that were told of it, and the rows that it left. */
export interface Market {
  events: EventEnvelope<object>[];
  rows: { table: 'need' | 'grab' | 'offer' | 'disbursement'; row: Record<string, unknown> }[];
}

const envelope = <D extends object>(event: EventDefinition<D>, data: D, at: Date): EventEnvelope<object> => ({
  id: uuidv7(at),
  topic: event.topic,
  key: String(data[event.key]),
  at: at.toISOString(),
  correlationId: 'a test',
  data,
});

/** Plays wishes out: each act once as an event and once as what it leaves in the tables. */
export function play(wishes: readonly NeedWish[]): Market {
  const market: Market = { events: [], rows: [] };
  for (const wish of wishes) playNeed(market, wish);
  return market;
}

const frozenOf = (needId: string, wish: NeedWish) => ({
  needId,
  uscc: usccOf(wish.enterprise),
  district: wish.district,
  industry: wish.industry,
  tier: wish.tier,
  scoreBand: null,
  modelVersion: null,
  needAmountFen: String(wish.amountFen),
  termMonths: 12,
  security: 'UNSECURED',
});
type Frozen = ReturnType<typeof frozenOf>;

function playNeed(market: Market, wish: NeedWish): void {
  const id = randomUUID();
  const frozen = frozenOf(id, wish);
  const { publishedAt } = wish;
  const told = { ...frozen, reason: null, suspended: false };
  const draft: Data<typeof needChanged> = { ...told, from: 'DRAFT', to: 'SUBMITTED', publishedAt: null };
  const published: Data<typeof needChanged> = {
    ...told,
    from: 'SUBMITTED',
    to: 'PUBLISHED',
    publishedAt: publishedAt.toISOString(),
  };
  market.events.push(
    envelope(needChanged, draft, publishedAt),
    envelope(needChanged, published, publishedAt),
    envelope(needChanged, { ...published, from: 'PUBLISHED', to: 'FULL' }, addHours(publishedAt, 5)),
  );
  market.rows.push({ table: 'need', row: needRow(id, wish) });
  for (const one of wish.cases) playCase(market, frozen, one, addHours(publishedAt, 0.001 + one.bank));
}

function playCase(market: Market, frozen: Frozen, wish: CaseWish, grabbedAt: Date): void {
  const bank = { institutionId: randomUUID(), institutionCode: bankOf(wish.bank) };
  const contactedAt = wish.hoursToContact === null ? null : addHours(grabbedAt, wish.hoursToContact);
  const end = wish.end === 'DECLINED' || wish.offerFen !== null ? wish.end : null;
  const endedAt = addHours(grabbedAt, 400);
  const held = { ...frozen, ...bank, grabId: randomUUID() };
  const grab: Data<typeof grabChanged> = {
    ...held,
    managerId: randomUUID(),
    from: null,
    to: 'ACTIVE',
    reason: null,
    intendedFen: frozen.needAmountFen,
    limitVersion: 1,
    grabbedAt: grabbedAt.toISOString(),
    contactedAt: null,
  };
  const contacted = { ...grab, from: 'ACTIVE' as const, to: 'CONTACTED' as const, contactedAt: iso(contactedAt) };
  market.events.push(envelope(grabChanged, grab, grabbedAt));
  if (contactedAt) market.events.push(envelope(grabChanged, contacted, contactedAt));
  if (end === 'DECLINED') {
    const declined = { ...contacted, to: 'DECLINED' as const, reason: 'POOR_CREDIT' };
    market.events.push(envelope(grabChanged, declined, endedAt));
  }
  const status = end ?? (contactedAt ? 'CONTACTED' : 'ACTIVE');
  market.rows.push({ table: 'grab', row: grabRow(grab, { status, contactedAt, endedAt: end && endedAt }) });
  if (wish.offerFen !== null)
    playOffer(market, held, { ...wish, offerFen: wish.offerFen, end }, addHours(grabbedAt, 310));
}

function playOffer(
  market: Market,
  held: Frozen & { institutionId: string; institutionCode: string; grabId: string },
  wish: CaseWish & { offerFen: bigint },
  madeAt: Date,
): void {
  const offer: Data<typeof offerChanged> = {
    ...held,
    offerId: randomUUID(),
    from: null,
    to: 'OPEN',
    offerFen: String(wish.offerFen),
    annualRateBp: wish.rateBp,
    annualCostBp: wish.rateBp,
    offerTermMonths: 12,
    offerSecurity: 'UNSECURED',
  };
  const acceptedAt = wish.end === 'ACCEPTED' || wish.end === 'DISBURSED' ? addHours(madeAt, 30) : null;
  market.events.push(envelope(offerChanged, offer, madeAt));
  if (acceptedAt) market.events.push(envelope(offerChanged, { ...offer, from: 'OPEN', to: 'ACCEPTED' }, acceptedAt));
  market.rows.push({ table: 'offer', row: offerRow(offer, madeAt, acceptedAt) });
  if (!acceptedAt || wish.end !== 'DISBURSED') return;
  const reportedAt = addHours(acceptedAt, 24 * wish.paidDaysLater + 1);
  const paid: Data<typeof disbursementReported> = {
    ...held,
    offerId: offer.offerId,
    disbursementId: randomUUID(),
    paidFen: offer.offerFen,
    // Reported days after the payout, which may lie in the month before.
    drawnOn: addDays(dayOf(reportedAt), -wish.paidDaysLater),
    annualRateBp: offer.annualRateBp,
    late: wish.paidDaysLater > 3,
  };
  market.events.push(envelope(disbursementReported, paid, reportedAt));
  market.rows.push({ table: 'disbursement', row: disbursementRow(paid, reportedAt) });
}

const addHours = (to: Date, hours: number): Date => new Date(to.getTime() + Math.round(hours * 3_600_000));
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const needRow = (id: string, wish: NeedWish) => ({
  id,
  uscc: usccOf(wish.enterprise),
  organisation_id: randomUUID(),
  enterprise_name: `企业${wish.enterprise}`,
  amount_fen: wish.amountFen,
  term_months: 12,
  purpose: '研发投入',
  shown_purpose: '研发投入',
  security: 'UNSECURED',
  contact_name: '周会计',
  contact_phone: '13800001111',
  several_lenders: true,
  status: 'PUBLISHED',
  created_by: randomUUID(),
  created_at: wish.publishedAt,
  published_at: wish.publishedAt,
  district: wish.district,
  industry2: wish.industry,
  tier: wish.tier,
});

const grabRow = (
  grab: Data<typeof grabChanged>,
  { status, contactedAt, endedAt }: { status: string; contactedAt: Date | null; endedAt: Date | null },
) => ({
  need_id: grab.needId,
  id: grab.grabId,
  institution_id: grab.institutionId,
  institution_code: grab.institutionCode,
  institution_name: grab.institutionCode,
  manager_id: grab.managerId,
  grabbed_by: grab.managerId,
  intended_fen: grab.intendedFen,
  status,
  limit_version: 1,
  authorisation_id: randomUUID(),
  grabbed_at: grab.grabbedAt,
  contact_by: grab.grabbedAt,
  evidence_by: grab.grabbedAt,
  decide_by: grab.grabbedAt,
  contacted_at: contactedAt,
  ended_at: endedAt,
  ended_reason: status === 'DECLINED' ? 'POOR_CREDIT' : null,
});

const offerRow = (offer: Data<typeof offerChanged>, madeAt: Date, acceptedAt: Date | null) => ({
  need_id: offer.needId,
  id: offer.offerId,
  grab_id: offer.grabId,
  amount_fen: offer.offerFen,
  annual_rate_bp: offer.annualRateBp,
  term_months: 12,
  repayment: 'BULLET',
  security: 'UNSECURED',
  fees_fen: 0,
  annual_cost_bp: offer.annualRateBp,
  above_rate_max: false,
  valid_to: '2026-12-31',
  status: acceptedAt ? 'ACCEPTED' : 'OPEN',
  made_by: randomUUID(),
  made_at: madeAt,
  accepted_at: acceptedAt,
});

const disbursementRow = (paid: Data<typeof disbursementReported>, reportedAt: Date) => ({
  need_id: paid.needId,
  id: paid.disbursementId,
  grab_id: paid.grabId,
  offer_id: paid.offerId,
  amount_fen: paid.paidFen,
  drawn_on: paid.drawnOn,
  late: paid.late,
  reported_by: randomUUID(),
  reported_at: reportedAt,
});

/** Puts the rows where the marketplace keeps them. */
export async function leave(db: TestDatabase, { rows }: Market): Promise<void> {
  for (const { table, row } of rows) {
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await db.query(
      `insert into marketplace.${table} (${names.join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    );
  }
}

/** An authorisation signed and, later, perhaps revoked. */
export function authorisation(enterprise: number, signedAt: Date, revokedAt?: Date): EventEnvelope<object>[] {
  const held = { authorisationId: randomUUID(), uscc: usccOf(enterprise), limbs: ['COLLECTION' as const] };
  const terms = {
    institutions: null,
    purposes: ['PRE_LOAN'],
    validFrom: day('2026-01-01'),
    validTo: day('2026-12-31'),
  };
  const events = [envelope(authorisationSigned, { ...held, ...terms }, signedAt)];
  if (revokedAt)
    events.push(envelope(authorisationRevoked, { ...held, revokedAt: revokedAt.toISOString() }, revokedAt));
  return events;
}
