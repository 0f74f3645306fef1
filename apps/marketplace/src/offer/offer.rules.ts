import type { OfferStatus } from '@app/contracts';
import type { Day, Fen } from '@app/kernel';

import type { Repayment } from '../need/need.rules.js';

/** Which state follows which. */
export const offerMoves: Record<OfferStatus, readonly OfferStatus[]> = {
  OPEN: ['ACCEPTED', 'SUPERSEDED', 'EXPIRED', 'LOST', 'WITHDRAWN'],
  // An accepted offer falls when the bank steps back or the money never comes.
  ACCEPTED: ['WITHDRAWN', 'EXPIRED'],
  SUPERSEDED: [],
  EXPIRED: [],
  LOST: [],
  WITHDRAWN: [],
};

/** A rate of its own, or so many points from the LPR. */
export const rateBases = ['FIXED', 'LPR'] as const;
export type RateBasis = (typeof rateBases)[number];

/** 方案调整, 审批未通过, 录入错误, 企业要求, 其他. */
export const offerWithdrawalReasons = [
  'TERMS_CHANGED',
  'APPROVAL_REFUSED',
  'ENTERED_WRONGLY',
  'ENTERPRISE_REQUEST',
  'OTHER',
] as const;
export type OfferWithdrawalReason = (typeof offerWithdrawalReasons)[number];

/** An offer binds the bank for half a year at most: rates move. */
export const validDaysMax = 180;

export interface Terms {
  amountFen: Fen;
  annualRateBp: number;
  termMonths: number;
  repayment: Repayment;
  feesFen: Fen;
}

/** Balances are reckoned in millionths of a fen, so that 360 roundings stay far below one basis point. */
const fine = 1_000_000n;

/**
 * The total annual cost by the simple method (单利), in basis points: all interest and fees, divided by the money that the enterprise really has in
 * its hands over the months, a year. Without fees it is the annual rate. Rounded up: never cheaper than it is. Months
 * count alike and interest is simple within them.
 */
export function annualCostBp(terms: Terms): number {
  if (terms.feesFen === 0n) return terms.annualRateBp;
  // fees / (balance months / 12), in basis points.
  const months = balanceMonths(terms);
  const numerator = terms.feesFen * 12n * 10_000n * fine;
  return terms.annualRateBp + Number((numerator + months - 1n) / months);
}

/** Sum of the balances of all months, in millionths of a fen. */
function balanceMonths({ amountFen, annualRateBp, termMonths, repayment }: Terms): bigint {
  const [amount, term] = [amountFen * fine, BigInt(termMonths)];
  if (repayment === 'INTEREST_FIRST' || repayment === 'BULLET') return amount * term;
  if (repayment === 'EQUAL_PRINCIPAL' || annualRateBp === 0) return (amount * (term + 1n)) / 2n;
  return annuityMonths(amount, annualRateBp, termMonths);
}

/** Equal instalments: each month's interest is paid first, the rest of the instalment pays back. */
function annuityMonths(amount: bigint, annualRateBp: number, termMonths: number): bigint {
  const monthly = annualRateBp / 120_000;
  const factor = monthly / (1 - (1 + monthly) ** -termMonths);
  const instalment = (amount * BigInt(Math.round(factor * 1e15))) / 10n ** 15n;
  let [balance, sum] = [amount, 0n];
  for (let month = 0; month < termMonths && balance > 0n; month += 1) {
    sum += balance;
    balance += (balance * BigInt(annualRateBp)) / 120_000n - instalment;
  }
  return sum;
}

/** Why an offer may not be accepted today; undefined when it may. */
export function acceptanceFault(
  offer: { status: OfferStatus; validTo: Day; amountFen: Fen },
  need: { amountFen: Fen; acceptedFen: Fen },
  today: Day,
): 'NOT_OPEN' | 'EXPIRED' | 'TOO_MUCH' | undefined {
  if (offer.status !== 'OPEN') return 'NOT_OPEN';
  if (offer.validTo < today) return 'EXPIRED';
  return need.acceptedFen + offer.amountFen > need.amountFen ? 'TOO_MUCH' : undefined;
}
