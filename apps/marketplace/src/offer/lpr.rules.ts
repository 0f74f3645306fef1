import type { Day } from '@app/kernel';

/** 一年期, 五年期以上. */
export const lprTenors = ['1Y', '5Y'] as const;
export type LprTenor = (typeof lprTenors)[number];

/** 贷款市场报价利率 as published on a day; in force until the next one. */
export interface LprQuote {
  tenor: LprTenor;
  publishedOn: Day;
  rateBp: number;
  /** false: entered from memory, nobody has compared it with the publication yet. */
  verified: boolean;
}

/** The quote in force on a day: the last one published by then; undefined before the first. Later entries win. */
export function lprOn<Q extends LprQuote>(quotes: readonly Q[], tenor: LprTenor, on: Day): Q | undefined {
  return quotes
    .filter((quote) => quote.tenor === tenor && quote.publishedOn <= on)
    .reduce<Q | undefined>((best, quote) => (best && best.publishedOn > quote.publishedOn ? best : quote), undefined);
}

/** A rate as a bank may state it: one figure, or points above (or below) the LPR. */
export type RateWish = { annualRateBp: number } | { tenor: LprTenor; spreadBp: number };
