import { addMonths, daysBetween } from './format.rules.js';
import { planOf, type Terms } from './repayment.rules.js';

export type Timing = 'UPFRONT' | 'MONTHLY' | 'YEARLY' | 'AT_END';

export interface Fee {
  readonly timing: Timing;
  /** What falls due each time. */
  readonly amountFen: bigint;
}

/** Months (0 is the day of the money) in which a fee falls due. */
function monthsOf(timing: Timing, termMonths: number): number[] {
  const months = Array.from({ length: termMonths + 1 }, (_, month) => month);
  if (timing === 'UPFRONT') return [0];
  if (timing === 'AT_END') return [termMonths];
  return timing === 'MONTHLY' ? months.slice(1) : months.filter((month) => month % 12 === 0 && month < termMonths);
}

/** What falls due in fees from the day of the money to the last month. */
export function feesByMonth(fees: readonly Fee[], termMonths: number): bigint[] {
  const due = Array.from({ length: termMonths + 1 }, () => 0n);
  for (const { timing, amountFen } of fees)
    for (const month of monthsOf(timing, termMonths)) due[month] = (due[month] ?? 0n) + amountFen;
  return due;
}

export const totalFeesOf = (fees: readonly Fee[], termMonths: number): bigint =>
  feesByMonth(fees, termMonths).reduce((sum, fee) => sum + fee, 0n);

const highestBp = 1_000_000;
/** Finer than what is shown, coarser than what doubles lose. */
const blurBp = 1e-4;

/**
 * The annual rate at which all payments are worth the money that came, by day and compound, rounded up: as the service reckons
 * the 年化 of a stored offer, so that what one types shows what the enterprise will read.
 */
export function irrBp(terms: Omit<Terms, 'feesFen'>, fees: readonly Fee[], drawnOn: string): number {
  const due = feesByMonth(fees, terms.termMonths);
  const flows = [
    { years: 0, fen: Number(terms.amountFen - (due[0] ?? 0n)) },
    ...planOf({ ...terms, feesFen: 0n }).map(({ month, principalFen, interestFen }) => ({
      years: daysBetween(drawnOn, addMonths(drawnOn, month)) / 365,
      fen: -Number(principalFen + interestFen + (due[month] ?? 0n)),
    })),
  ];
  const worth = (rate: number) => flows.reduce((sum, { years, fen }) => sum + fen / (1 + rate) ** years, 0);
  if (worth(0) > 0) return 0;
  let [low, high] = [0, 1];
  while (worth(high) < 0) {
    if (high * 10_000 >= highestBp) return highestBp;
    [low, high] = [high, high * 2];
  }
  while ((high - low) * 10_000 > blurBp / 100) {
    const middle = (low + high) / 2;
    if (worth(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.min(highestBp, Math.ceil(high * 10_000 - blurBp));
}
