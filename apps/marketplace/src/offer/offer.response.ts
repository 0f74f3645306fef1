import { type OfferStatus, offerStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { Grab } from '../grab/grab.entity.js';
import type { Need } from '../need/need.entity.js';
import { type Repayment, repayments, securities, type Security } from '../need/need.rules.js';
import { comparedFields, type ComparedField, type OfferOrder, offerOrders } from './comparison.rules.js';
import { type FeeKind, feeKinds, type FeeTiming, feeTimings } from './fee.rules.js';
import { type LprTenor, lprTenors } from './lpr.rules.js';
import { figuresOf, type OfferFigures, type PlannedPayment } from './offer-figures.rules.js';
import type { Offer } from './offer.entity.js';
import { type RateBasis, rateBases } from './offer.rules.js';

export class OfferFeeResponse {
  @ApiProperty({ enum: feeKinds })
  kind: FeeKind;
  @ApiProperty({ enum: feeTimings })
  timing: FeeTiming;
  /** What falls due each time: whole fen. */
  amountFen: string;
}

/** A rate that follows the LPR, as it was on the day of the offer. */
export class LprRateResponse {
  @ApiProperty({ enum: lprTenors })
  tenor: LprTenor;
  spreadBp: number;
  /** The LPR itself. */
  lprBp: number;
  publishedOn: string;
}

export class OfferResponse {
  id: string;
  needId: string;
  grabId: string;
  /** 1 for the first offer of the case; a revised one counts on. */
  version: number;
  @ApiProperty({ enum: offerStatuses })
  status: OfferStatus;
  /** Whole fen. */
  amountFen: string;
  /** With an LPR rate: LPR and points as of the day of the offer. */
  annualRateBp: number;
  @ApiProperty({ enum: rateBases })
  rateBasis: RateBasis;
  @ApiProperty({ type: LprRateResponse, nullable: true })
  lpr: LprRateResponse | null;
  termMonths: number;
  @ApiProperty({ enum: repayments })
  repayment: Repayment;
  @ApiProperty({ enum: securities })
  security: Security;
  /** All fees over the whole term: whole fen. */
  feesFen: string;
  fees: OfferFeeResponse[];
  conditions: string | null;
  /** Interest and fees over the money really lent, a year, in basis points: the simple method (单利). */
  annualCostBp: number;
  /** 贷款年化利率 by the internal rate of return, by day, compound, fees included: what offers are compared by. */
  irrBp: number;
  /** Whole fen, by the plan of `GET /offers/{id}/schedule`. */
  totalInterestFen: string;
  /** Principal, interest and fees: whole fen. */
  totalPaymentFen: string;
  /** Due on the first monthly date: whole fen. */
  firstPaymentFen: string;
  /** Dearer than the enterprise wished. */
  aboveRateMax: boolean;
  /** Less than the enterprise needs. */
  belowAmount: boolean;
  /** The last day on which it can be accepted. */
  validTo: string;
  madeAt: string;
  acceptedAt: string | null;
  /** Why the bank took it back. */
  withdrawnReason: string | null;
}

/** An offer beside the others, for the enterprise to compare. */
export class ComparedOfferResponse extends OfferResponse {
  institution: string;
  /** The least total cost (`irrBp`) of those that stand, when there is more than one. */
  cheapest: boolean;
  /** Another security than the need asked for. */
  otherSecurity: boolean;
  /** Another term than the need asked for. */
  otherTerm: boolean;
}

export class ComparedOffersResponse {
  /** Open and accepted offers first, then in the order that was asked for. */
  items: ComparedOfferResponse[];
  /** Always null: a need never has more offers than fit a page. */
  nextCursor: string | null;
  @ApiProperty({ enum: offerOrders })
  sort: OfferOrder;
  /** Fields in which the offers that stand differ. */
  @ApiProperty({ enum: comparedFields, isArray: true })
  differences: ComparedField[];
  /** What the enterprise needs: whole fen. */
  needFen: string;
  /** Accepted so far: whole fen. */
  acceptedFen: string;
  /** Still to be covered: whole fen. */
  leftFen: string;
}

export class PlannedPaymentResponse {
  month: number;
  dueOn: string;
  principalFen: string;
  interestFen: string;
  feesFen: string;
  /** Owed after this date. */
  balanceFen: string;
}

export class ScheduleResponse {
  offerId: string;
  /** The plan counts as if the money came on this day, the day of the offer. */
  assumedDrawOn: string;
  /** What comes after fees on that day: whole fen. */
  receivedFen: string;
  irrBp: number;
  items: PlannedPaymentResponse[];
}

export const toOfferResponse = (need: Pick<Need, 'amountFen'>, offer: Offer): OfferResponse =>
  withFigures(need, offer, figuresOf(offer));

export const withFigures = (need: Pick<Need, 'amountFen'>, offer: Offer, figures: OfferFigures): OfferResponse => ({
  id: offer.id,
  needId: offer.needId,
  grabId: offer.grabId,
  version: offer.version,
  status: offer.status,
  amountFen: String(offer.amountFen),
  annualRateBp: offer.annualRateBp,
  rateBasis: offer.rateBasis,
  lpr: lprOf(offer),
  termMonths: offer.termMonths,
  repayment: offer.repayment,
  security: offer.security,
  feesFen: String(offer.feesFen),
  fees: offer.fees,
  conditions: offer.conditions,
  annualCostBp: offer.annualCostBp,
  irrBp: figures.irrBp,
  totalInterestFen: String(figures.totalInterestFen),
  totalPaymentFen: String(figures.totalPaymentFen),
  firstPaymentFen: String(figures.firstPaymentFen),
  aboveRateMax: offer.aboveRateMax,
  belowAmount: offer.amountFen < need.amountFen,
  validTo: offer.validTo,
  madeAt: offer.madeAt.toISOString(),
  acceptedAt: offer.acceptedAt?.toISOString() ?? null,
  withdrawnReason: offer.withdrawnReason,
});

function lprOf({ rateBasis, lprTenor, lprSpreadBp, lprBp, lprPublishedOn }: Offer): LprRateResponse | null {
  if (rateBasis !== 'LPR') return null;
  return { tenor: lprTenor!, spreadBp: lprSpreadBp!, lprBp: lprBp!, publishedOn: lprPublishedOn! };
}

/** What an offer has besides its own terms when it stands beside others. */
interface Beside {
  figures: OfferFigures;
  cheapest: boolean;
}

export const toComparedOfferResponse = (
  need: Need,
  grab: Grab,
  offer: Offer,
  { figures, cheapest }: Beside,
): ComparedOfferResponse =>
  Object.assign(withFigures(need, offer, figures), {
    institution: grab.institutionName,
    cheapest,
    otherSecurity: offer.security !== need.security,
    otherTerm: offer.termMonths !== need.termMonths,
  });

export const toPlannedPaymentResponse = (row: PlannedPayment): PlannedPaymentResponse => ({
  month: row.month,
  dueOn: row.dueOn,
  principalFen: String(row.principalFen),
  interestFen: String(row.interestFen),
  feesFen: String(row.feesFen),
  balanceFen: String(row.balanceFen),
});
