import type {
  authorisationRevoked,
  authorisationSigned,
  disbursementReported,
  EventDefinition,
  EventEnvelope,
  grabChanged,
  needChanged,
  offerChanged,
} from '@app/contracts';
import { dayOf } from '@app/kernel';

import { bucketOf } from './contact-hours.rules.js';

const factKinds = [
  'NEED',
  'GRAB',
  'CONTACT',
  'OFFER',
  'ACCEPTANCE',
  'DISBURSEMENT',
  'FIRST_LOAN',
  'DECLINE',
  'AUTHORISATION_SIGNED',
  'AUTHORISATION_REVOKED',
] as const;
export type FactKind = (typeof factKinds)[number];

/** One act that counts, with the dimensions that were frozen on it; '' where one is not known or does not apply. */
export interface Fact {
  kind: FactKind;
  /** What it is about: the same act always has the same subject, so that it counts once. */
  subject: string;
  uscc: string;
  /** Instant of the act, RFC 3339: what a reconciliation cuts by. */
  at: string;
  /** Day in Asia/Shanghai that it counts to; of money the day of the payout, whenever it was reported. */
  day: string;
  district: string;
  industry2: string;
  tier: string;
  institution: string;
  /** CONTACT: bucket of the hours to contact; DECLINE: the reason; '' otherwise. */
  detail: string;
  /** Fen; of CONTACT the seconds since the grab. */
  amount: string;
  /** Amount × basis points, of money lent: over the amounts it gives the weighted rate. */
  weight: string;
}

type DataIn<E> = E extends EventDefinition<infer D> ? D : never;
type NeedChanged = DataIn<typeof needChanged>;
type GrabChanged = DataIn<typeof grabChanged>;
type OfferChanged = DataIn<typeof offerChanged>;
type DisbursementReported = DataIn<typeof disbursementReported>;
type AuthorisationEvent = DataIn<typeof authorisationSigned> | DataIn<typeof authorisationRevoked>;

const cellOf = (data: NeedChanged | GrabChanged | OfferChanged | DisbursementReported) => ({
  uscc: data.uscc,
  district: data.district ?? '',
  industry2: data.industry ?? '',
  tier: data.tier ?? '',
  institution: 'institutionCode' in data ? data.institutionCode : '',
  detail: '',
  amount: '0',
  weight: '0',
});

const when = (at: string) => ({ at, day: dayOf(new Date(at)) });

/**
 * Every event of a need that was ever published says when: so whichever of them is heard first counts it, and a lost
 * one is made good by the next.
 */
export function factsOfNeed({ data }: EventEnvelope<NeedChanged>): Fact[] {
  if (data.publishedAt === null) return [];
  return [
    { ...cellOf(data), kind: 'NEED', subject: data.needId, ...when(data.publishedAt), amount: data.needAmountFen },
  ];
}

/** The grab itself, its first contact and, as the case may end, why it was declined. */
export function factsOfGrab({ at, data }: EventEnvelope<GrabChanged>): Fact[] {
  const cell = { ...cellOf(data), subject: data.grabId };
  const facts: Fact[] = [{ ...cell, kind: 'GRAB', ...when(data.grabbedAt), amount: data.intendedFen }];
  if (data.contactedAt !== null) {
    const seconds = secondsBetween(data.grabbedAt, data.contactedAt);
    const contact = { detail: bucketOf(seconds), amount: String(seconds) };
    facts.push({ ...cell, kind: 'CONTACT', ...when(data.contactedAt), ...contact });
  }
  if (data.to === 'DECLINED') facts.push({ ...cell, kind: 'DECLINE', ...when(at), detail: data.reason ?? '' });
  return facts;
}

export function factsOfOffer({ at, data }: EventEnvelope<OfferChanged>): Fact[] {
  const money = { amount: data.offerFen, weight: weightOf(data.offerFen, data.annualRateBp) };
  const fact = { ...cellOf(data), subject: data.offerId, ...when(at), ...money };
  if (data.from === null) return [{ ...fact, kind: 'OFFER' }];
  return data.to === 'ACCEPTED' ? [{ ...fact, kind: 'ACCEPTANCE' }] : [];
}

export function factsOfDisbursement({ at, data }: EventEnvelope<DisbursementReported>): Fact[] {
  const money = { amount: data.paidFen, weight: weightOf(data.paidFen, data.annualRateBp) };
  return [{ ...cellOf(data), kind: 'DISBURSEMENT', subject: data.disbursementId, at, day: data.drawnOn, ...money }];
}

/** An authorisation is about the enterprise and not about a need: nothing is frozen on it, so it counts to the city. */
export function factsOfAuthorisation({ at, data }: EventEnvelope<AuthorisationEvent>): Fact[] {
  const kind = 'revokedAt' in data ? 'AUTHORISATION_REVOKED' : 'AUTHORISATION_SIGNED';
  const nowhere = { district: '', industry2: '', tier: '', institution: '', detail: '', amount: '0', weight: '0' };
  const instant = 'revokedAt' in data ? data.revokedAt : at;
  return [{ ...nowhere, kind, subject: data.authorisationId, uscc: data.uscc, ...when(instant) }];
}

const weightOf = (fen: string, annualRateBp: number): string => String(BigInt(fen) * BigInt(annualRateBp));

/** Whole seconds, rounded down; a clock that went back gives none. */
const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 1_000));
