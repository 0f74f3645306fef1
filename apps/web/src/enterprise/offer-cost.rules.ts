import { costOf, type Cost, type Repayment, type Terms } from '../parts/repayment.rules.js';

/** The parts of an offer that decide what it costs. */
export interface OfferTerms {
  readonly amountFen: string;
  readonly annualRateBp: number;
  readonly termMonths: number;
  readonly repayment: string;
  readonly feesFen?: string | null;
}

export const termsOf = (offer: OfferTerms): Terms => ({
  amountFen: BigInt(offer.amountFen),
  annualRateBp: offer.annualRateBp,
  termMonths: offer.termMonths,
  repayment: offer.repayment as Repayment,
  feesFen: BigInt(offer.feesFen ?? '0'),
});

export const offerCost = (offer: OfferTerms): Cost => costOf(termsOf(offer));

/** The lowest yearly cost among offers that differ in it; null when there is nothing to choose. */
export function lowestCostBp(offers: readonly { readonly annualCostBp: number }[]): number | null {
  const costs = new Set(offers.map(({ annualCostBp }) => annualCostBp));
  return costs.size < 2 ? null : Math.min(...costs);
}
