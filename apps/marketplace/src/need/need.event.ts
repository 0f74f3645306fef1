import type { disbursementReported, grabChanged, needChanged, offerChanged } from '@app/contracts';
import type { EventDefinition, GrabStatus, NeedStatus, OfferStatus } from '@app/contracts';

import type { Grab } from '../grab/grab.entity.js';
import type { Disbursement } from '../offer/disbursement.entity.js';
import type { Offer } from '../offer/offer.entity.js';
import type { Need } from './need.entity.js';

type DataIn<E> = E extends EventDefinition<infer D> ? D : never;

/** A need as far as events speak of it; the lane knows no more of it. */
type NeedOfEvent = Pick<
  Need,
  | 'id'
  | 'uscc'
  | 'district'
  | 'industry2'
  | 'tier'
  | 'scoreBand'
  | 'modelVersion'
  | 'amountFen'
  | 'termMonths'
  | 'suspendedAt'
  | 'publishedAt'
> & { security: string };

const frozen = (need: NeedOfEvent) => ({
  needId: need.id,
  uscc: need.uscc,
  district: need.district,
  industry: need.industry2,
  tier: need.tier,
  scoreBand: need.scoreBand,
  modelVersion: need.modelVersion,
  needAmountFen: String(need.amountFen),
  termMonths: need.termMonths,
  security: need.security,
});

const bankOf = ({ institutionId, institutionCode }: Grab) => ({ institutionId, institutionCode });

export interface Change<S> {
  from: S | null;
  to: S;
  reason?: string | null;
}

export const needChangedData = (need: NeedOfEvent, change: Change<NeedStatus>): DataIn<typeof needChanged> => ({
  ...frozen(need),
  from: change.from,
  to: change.to,
  reason: change.reason ?? null,
  suspended: need.suspendedAt !== null,
  publishedAt: need.publishedAt?.toISOString() ?? null,
});

export const grabChangedData = (
  need: NeedOfEvent,
  grab: Grab,
  change: Change<GrabStatus>,
): DataIn<typeof grabChanged> => ({
  ...frozen(need),
  ...bankOf(grab),
  grabId: grab.id,
  managerId: grab.managerId,
  from: change.from,
  to: change.to,
  reason: change.reason ?? null,
  intendedFen: String(grab.intendedFen),
  limitVersion: grab.limitVersion,
  grabbedAt: grab.grabbedAt.toISOString(),
  contactedAt: grab.contactedAt?.toISOString() ?? null,
});

export const offerChangedData = (
  need: NeedOfEvent,
  grab: Grab,
  offer: Offer,
  change: Change<OfferStatus>,
): DataIn<typeof offerChanged> => ({
  ...frozen(need),
  ...bankOf(grab),
  grabId: grab.id,
  offerId: offer.id,
  from: change.from,
  to: change.to,
  offerFen: String(offer.amountFen),
  annualRateBp: offer.annualRateBp,
  annualCostBp: offer.annualCostBp,
  offerTermMonths: offer.termMonths,
  offerSecurity: offer.security,
});

export const disbursementData = (
  need: NeedOfEvent,
  grab: Grab,
  offer: Offer,
  paid: Disbursement,
): DataIn<typeof disbursementReported> => ({
  ...frozen(need),
  ...bankOf(grab),
  grabId: grab.id,
  offerId: offer.id,
  disbursementId: paid.id,
  paidFen: String(paid.amountFen),
  drawnOn: paid.drawnOn,
  annualRateBp: offer.annualRateBp,
  late: paid.late,
});
