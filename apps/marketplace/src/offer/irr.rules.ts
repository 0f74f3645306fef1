import { type Day, daysBetween } from '@app/kernel';

import { type Fee, feesByMonth } from './fee.rules.js';
import { type LoanTerms, scheduleOf } from './schedule.rules.js';

/** Money that moves on a day, in fen as the enterprise sees it: positive comes in, negative goes out. */
export interface CashFlow {
  on: Day;
  fen: bigint;
}

/** Everything that the enterprise gets and pays, on the days on which it does. */
export function cashFlowsOf(terms: LoanTerms, fees: readonly Fee[], drawnOn: Day): CashFlow[] {
  const due = feesByMonth(fees, terms.termMonths);
  const first = { on: drawnOn, fen: terms.amountFen - due[0]! };
  const later = scheduleOf(terms, drawnOn).map(({ month, dueOn, principalFen, interestFen }) => ({
    on: dueOn,
    fen: -(principalFen + interestFen + due[month]!),
  }));

  return [first, ...later];
}

/** 10,000% a year: what is dearer is shown as this, so that the figure keeps a meaning and fits its column. */
export const irrBpMax = 1_000_000;

/** A ten-thousandth of a basis point: far finer than what is shown, far coarser than what doubles lose. */
const blurBp = 1e-4;

/**
 * The annual rate at which all payments, discounted by day (actual days / 365, compound), are worth the money that came:
 * the method of the internal rate of return that 中国人民银行公告〔2021〕第3号 names for the 贷款年化利率. Basis points,
 * rounded up to the whole one: never cheaper than it is. The first flow must come in and all others go out, so that
 * there is exactly one such rate; null when they pay back less than came.
 */
export function irrBp(flows: readonly CashFlow[]): number | null {
  const start = flows[0]!.on;
  const dated = flows.map(({ on, fen }) => ({ years: daysBetween(start, on) / 365, fen: Number(fen) }));
  const worth = (rate: number): number => dated.reduce((sum, { years, fen }) => sum + fen / (1 + rate) ** years, 0);
  // Rising rates shrink what is paid later: the worth rises, from a loss (or nothing) at 0.
  if (worth(0) > 0) return null;
  let [low, high] = [0, 1];
  while (worth(high) < 0) {
    if (high * 10_000 >= irrBpMax) return irrBpMax;
    [low, high] = [high, high * 2];
  }
  while ((high - low) * 10_000 > blurBp / 100) {
    const middle = (low + high) / 2;
    if (worth(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.min(irrBpMax, Math.ceil(high * 10_000 - blurBp));
}

/** The rate of an offer whose money would come on that day. */
export const irrOf = (terms: LoanTerms, fees: readonly Fee[], drawnOn: Day): number =>
  irrBp(cashFlowsOf(terms, fees, drawnOn)) ?? 0;
