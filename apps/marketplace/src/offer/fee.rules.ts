import { type Fen, fen } from '@app/kernel';

/** 担保费, 评估费, 保险费, 登记费, 公证费, 服务费, 其他. */
export const feeKinds = ['GUARANTEE', 'VALUATION', 'INSURANCE', 'REGISTRATION', 'NOTARY', 'SERVICE', 'OTHER'] as const;
export type FeeKind = (typeof feeKinds)[number];

/** On the day of the money; with each monthly date; ahead of each year; on the last day. */
export const feeTimings = ['UPFRONT', 'MONTHLY', 'YEARLY', 'AT_END'] as const;
export type FeeTiming = (typeof feeTimings)[number];

/** No offer of the market names more; bounds what a page has to show. */
export const feesMax = 12;

/** A cost besides interest. `amountFen` is what falls due each time. */
export interface Fee {
  kind: FeeKind;
  timing: FeeTiming;
  amountFen: Fen;
}

/** Months (0 is the day of the money) in which a fee falls due over a term. */
function monthsOf(timing: FeeTiming, termMonths: number): number[] {
  const months = Array.from({ length: termMonths + 1 }, (_, month) => month);
  switch (timing) {
    case 'UPFRONT':
      return [0];
    case 'AT_END':
      return [termMonths];
    case 'MONTHLY':
      return months.slice(1);
    default:
      return months.filter((month) => month % 12 === 0 && month < termMonths);
  }
}

/** What falls due in fees in each month, from 0 (the day of the money) to the last. */
export function feesByMonth(fees: readonly Fee[], termMonths: number): Fen[] {
  const due = Array.from({ length: termMonths + 1 }, () => 0n);
  for (const { timing, amountFen } of fees)
    for (const month of monthsOf(timing, termMonths)) due[month] = due[month]! + amountFen;
  return due as Fen[];
}

/** All fees over the whole term. */
export const totalFeesOf = (fees: readonly Fee[], termMonths: number): Fen =>
  feesByMonth(fees, termMonths).reduce((sum, fee) => sum + fee, 0n) as Fen;

/** A fee as JSON keeps it: money as text. */
export interface StoredFee {
  kind: FeeKind;
  timing: FeeTiming;
  amountFen: string;
}

export const storedFee = ({ kind, timing, amountFen }: Fee): StoredFee => ({
  kind,
  timing,
  amountFen: String(amountFen),
});
export const feeOf = ({ kind, timing, amountFen }: StoredFee): Fee => ({ kind, timing, amountFen: fen(amountFen) });
