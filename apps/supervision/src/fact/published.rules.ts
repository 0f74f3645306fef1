import { bucketSql } from './contact-hours.rules.js';

const frozen = `uscc, coalesce(district, '') as district, coalesce(industry2, '') as industry2,
  coalesce(tier, '') as tier`;
const shanghai = (instant: string): string => `(${instant} at time zone 'Asia/Shanghai')::date`;
const seconds = 'greatest(0, floor(extract(epoch from contacted_at - grabbed_at)))::bigint';

/** One part of the union: which rows of which published view are a fact, and how they read as one. */
interface Part {
  kind: string;
  from: string;
  subject?: string;
  at: string;
  day?: string;
  where?: string;
  place?: string;
  institution?: string;
  detail?: string;
  amount?: string;
  weight?: string;
}

const nowhere = `uscc, '' as district, '' as industry2, '' as tier`;
const bank = 'institution_code';

const parts: Part[] = [
  { kind: 'NEED', from: 'marketplace_api.need_v1', at: 'published_at', amount: 'amount_fen' },
  { kind: 'GRAB', from: 'marketplace_api.grab_v1', at: 'grabbed_at', institution: bank, amount: 'intended_fen' },
  {
    kind: 'CONTACT',
    from: 'marketplace_api.grab_v1',
    at: 'contacted_at',
    where: 'contacted_at is not null',
    institution: bank,
    detail: bucketSql(seconds),
    amount: seconds,
  },
  {
    kind: 'DECLINE',
    from: 'marketplace_api.grab_v1',
    at: 'ended_at',
    where: `status = 'DECLINED'`,
    institution: bank,
    detail: `coalesce(ended_reason, '')`,
  },
  {
    kind: 'OFFER',
    from: 'marketplace_api.offer_v1',
    at: 'made_at',
    institution: bank,
    amount: 'amount_fen',
    weight: 'amount_fen::numeric * annual_rate_bp',
  },
  {
    kind: 'ACCEPTANCE',
    from: 'marketplace_api.offer_v1',
    at: 'accepted_at',
    where: 'accepted_at is not null',
    institution: bank,
    amount: 'amount_fen',
    weight: 'amount_fen::numeric * annual_rate_bp',
  },
  {
    kind: 'DISBURSEMENT',
    // The rate is the one of the offer under which the money was paid.
    from: `(select d.*, o.annual_rate_bp from marketplace_api.disbursement_v1 d
            join marketplace_api.offer_v1 o on o.need_id = d.need_id and o.id = d.offer_id) paid`,
    at: 'reported_at',
    day: 'drawn_on',
    institution: bank,
    amount: 'amount_fen',
    weight: 'amount_fen::numeric * annual_rate_bp',
  },
  { kind: 'AUTHORISATION_SIGNED', from: 'credit_api.authorisation_v1', at: 'signed_at', place: nowhere },
  {
    kind: 'AUTHORISATION_REVOKED',
    from: 'credit_api.authorisation_v1',
    at: 'revoked_at',
    where: 'revoked_at is not null',
    place: nowhere,
  },
];

const partSql = (part: Part): string => `
  select '${part.kind}' as kind, id::text as subject, ${part.at} as at, ${part.day ?? shanghai(part.at)} as day,
         ${part.place ?? frozen}, ${part.institution ?? `''`} as institution, ${part.detail ?? `''`} as detail,
         (${part.amount ?? '0'})::bigint as amount, (${part.weight ?? '0'})::numeric as weight
  from ${part.from} where ${part.where ?? 'true'}`;

/** Every fact as the services publish it, without events: what the figures must equal and can be made anew from. */
export const publishedFactsSql: string = parts.map(partSql).join(' union all ');

/** What a fact adds to a count: a payment that is taken back by a correction takes its count back too. */
export const actsOf = 'case when amount < 0 then -1 else 1 end';

/** The first money that an enterprise got over the platform, out of any relation of facts. */
export const firstLoansSql = (facts: string): string => `
  select 'FIRST_LOAN' as kind, uscc as subject, uscc, at, day, district, industry2, tier, institution, detail, amount, weight
  from (select distinct on (uscc) * from ${facts} where kind = 'DISBURSEMENT' and amount > 0 order by uscc, day, subject) paid`;
