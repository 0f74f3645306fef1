import { type Day, dayOf, type Fen } from '@app/kernel';

import type { Repayment } from '../need/need.rules.js';
import { feeOf, feesByMonth, type StoredFee, totalFeesOf } from './fee.rules.js';
import { irrOf } from './irr.rules.js';
import { type Instalment, scheduleOf, totalInterestOf } from './schedule.rules.js';

/** What figures of an offer rest on. */
export interface OfferedTerms {
  amountFen: Fen;
  annualRateBp: number;
  termMonths: number;
  repayment: Repayment;
  fees: readonly StoredFee[];
  madeAt: Date;
}

export interface OfferFigures {
  irrBp: number;
  totalInterestFen: Fen;
  totalFeesFen: Fen;
  /** Principal, interest and fees together. */
  totalPaymentFen: Fen;
  /** What is due on the first monthly date. */
  firstPaymentFen: Fen;
}

/** A plan needs a first day: as if the money came on the day of the offer. Alike for all, so that offers compare. */
export const assumedDrawOf = ({ madeAt }: Pick<OfferedTerms, 'madeAt'>): Day => dayOf(madeAt);

/** One date of the plan with the fees that fall due on it. */
export interface PlannedPayment extends Instalment {
  feesFen: Fen;
}

export function plannedPayments(offer: OfferedTerms): PlannedPayment[] {
  const due = feesByMonth(offer.fees.map(feeOf), offer.termMonths);
  return scheduleOf(offer, assumedDrawOf(offer)).map((row) => Object.assign(row, { feesFen: due[row.month]! }));
}

export function figuresOf(offer: OfferedTerms): OfferFigures {
  const fees = offer.fees.map(feeOf);
  const plan = plannedPayments(offer);
  const [first] = plan;
  const totalInterestFen = totalInterestOf(plan);
  const totalFeesFen = totalFeesOf(fees, offer.termMonths);
  return {
    irrBp: irrOf(offer, fees, assumedDrawOf(offer)),
    totalInterestFen,
    totalFeesFen,
    totalPaymentFen: (offer.amountFen + totalInterestFen + totalFeesFen) as Fen,
    firstPaymentFen: (first ? first.principalFen + first.interestFen + first.feesFen : 0n) as Fen,
  };
}

/** What comes on the first day, after the fees that are taken from it. */
export const receivedFenOf = (offer: OfferedTerms): Fen =>
  (offer.amountFen - feesByMonth(offer.fees.map(feeOf), offer.termMonths)[0]!) as Fen;
