import { type OfferStatus, offerStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { Grab } from '../grab/grab.entity.js';
import type { Need } from '../need/need.entity.js';
import { type Repayment, repayments, securities, type Security } from '../need/need.rules.js';
import type { Disbursement } from './disbursement.entity.js';
import type { Offer } from './offer.entity.js';

export class OfferResponse {
  id: string;
  needId: string;
  grabId: string;
  @ApiProperty({ enum: offerStatuses })
  status: OfferStatus;
  /** Whole fen. */
  amountFen: string;
  annualRateBp: number;
  termMonths: number;
  @ApiProperty({ enum: repayments })
  repayment: Repayment;
  @ApiProperty({ enum: securities })
  security: Security;
  /** Whole fen. */
  feesFen: string;
  /** Interest and fees over the money really lent, a year, in basis points. */
  annualCostBp: number;
  /** Dearer than the enterprise wished. */
  aboveRateMax: boolean;
  /** Less than the enterprise needs. */
  belowAmount: boolean;
  /** The last day on which it can be accepted. */
  validTo: string;
  madeAt: string;
  acceptedAt: string | null;
}

/** An offer beside the others, for the enterprise to compare. */
export class ComparedOfferResponse extends OfferResponse {
  institution: string;
}

export class ComparedOffersResponse {
  /** Open and accepted offers first, the least total cost first. */
  items: ComparedOfferResponse[];
  /** Always null: a need never has more offers than fit a page. */
  nextCursor: string | null;
}

export class DisbursementResponse {
  id: string;
  needId: string;
  grabId: string;
  offerId: string;
  /** Whole fen. */
  amountFen: string;
  drawnOn: string;
  /** Reported after the deadline. */
  late: boolean;
  reportedAt: string;
}

export class ReportedDisbursementResponse extends DisbursementResponse {
  /** State of the case. */
  status: string;
  /** Still to be paid out under the accepted offer: whole fen. */
  leftFen: string;
}

export const toOfferResponse = (need: Pick<Need, 'amountFen'>, offer: Offer): OfferResponse => ({
  id: offer.id,
  needId: offer.needId,
  grabId: offer.grabId,
  status: offer.status,
  amountFen: String(offer.amountFen),
  annualRateBp: offer.annualRateBp,
  termMonths: offer.termMonths,
  repayment: offer.repayment,
  security: offer.security,
  feesFen: String(offer.feesFen),
  annualCostBp: offer.annualCostBp,
  aboveRateMax: offer.aboveRateMax,
  belowAmount: offer.amountFen < need.amountFen,
  validTo: offer.validTo,
  madeAt: offer.madeAt.toISOString(),
  acceptedAt: offer.acceptedAt?.toISOString() ?? null,
});

export const toComparedOfferResponse = (need: Need, grab: Grab, offer: Offer): ComparedOfferResponse =>
  Object.assign(toOfferResponse(need, offer), { institution: grab.institutionName });

export const toDisbursementResponse = (paid: Disbursement): DisbursementResponse => ({
  id: paid.id,
  needId: paid.needId,
  grabId: paid.grabId,
  offerId: paid.offerId,
  amountFen: String(paid.amountFen),
  drawnOn: paid.drawnOn,
  late: paid.late,
  reportedAt: paid.reportedAt.toISOString(),
});
