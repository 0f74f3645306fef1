import { addMonths, type Day, type Fen } from '@app/kernel';

import type { Repayment } from '../need/need.rules.js';

/** What decides a repayment plan. */
export interface LoanTerms {
  amountFen: Fen;
  annualRateBp: number;
  termMonths: number;
  repayment: Repayment;
}

/** One date of the plan. */
export interface Instalment {
  month: number;
  dueOn: Day;
  principalFen: Fen;
  interestFen: Fen;
  /** What is still owed after it. */
  balanceFen: Fen;
}

/**
 * The plan month by month from the day on which the money comes, in whole fen. A month is a twelfth of a year, whatever
 * its days; interest is rounded half up to the fen each month, and the last month takes up what rounding of principal
 * leaves, so that the principal adds up to the amount exactly. Dates are the same day of the month, or its last.
 */
export function scheduleOf(terms: LoanTerms, drawnOn: Day): Instalment[] {
  const plan: Instalment[] = [];
  const fixed = terms.repayment === 'EQUAL_INSTALMENT' ? instalmentOf(terms) : 0n;
  let [balance, accrued] = [terms.amountFen as bigint, 0n];
  for (let month = 1; month <= terms.termMonths; month += 1) {
    const last = month === terms.termMonths;
    const interest = monthlyInterest(balance, terms.annualRateBp);
    const principal = last ? balance : principalOf(terms, { balance, interest, fixed });
    accrued += interest;
    const due = terms.repayment !== 'BULLET' ? interest : last ? accrued : 0n;
    balance -= principal;
    plan.push({
      month,
      dueOn: addMonths(drawnOn, month),
      principalFen: principal as Fen,
      interestFen: due as Fen,
      balanceFen: balance as Fen,
    });
  }
  return plan;
}

interface MonthState {
  balance: bigint;
  interest: bigint;
  fixed: bigint;
}

/** What is paid back in a month that is not the last. */
function principalOf(
  { repayment, amountFen, termMonths }: LoanTerms,
  { balance, interest, fixed }: MonthState,
): bigint {
  if (repayment === 'EQUAL_PRINCIPAL') return amountFen / BigInt(termMonths);
  if (repayment !== 'EQUAL_INSTALMENT') return 0n;
  const principal = fixed > interest ? fixed - interest : 0n;
  return principal < balance ? principal : balance;
}

/** Rounded half up to the fen. */
const monthlyInterest = (balance: bigint, annualRateBp: number): bigint =>
  (balance * BigInt(annualRateBp) * 2n + 120_000n) / 240_000n;

/** The annuity rounded to the fen: a double holds it to a thousandth of a fen for every amount of the platform. */
function instalmentOf({ amountFen, annualRateBp, termMonths }: LoanTerms): bigint {
  const rate = annualRateBp / 120_000;
  const share = rate === 0 ? 1 / termMonths : rate / (1 - (1 + rate) ** -termMonths);
  return BigInt(Math.round(Number(amountFen) * share));
}

export const totalInterestOf = (plan: readonly Instalment[]): Fen =>
  plan.reduce((sum, { interestFen }) => sum + interestFen, 0n) as Fen;
