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

/**
 * The quote in force on a day: the last one published by then; undefined before the first. Of one publication the entry
 * that two people compared stands before one that nobody has, and of equals the later one.
 */
export function lprOn<Q extends LprQuote>(quotes: readonly Q[], tenor: LprTenor, on: Day): Q | undefined {
  return quotes
    .filter((quote) => quote.tenor === tenor && quote.publishedOn <= on)
    .reduce<Q | undefined>((best, quote) => (best && standsBefore(best, quote) ? best : quote), undefined);
}

const standsBefore = (best: LprQuote, later: LprQuote): boolean =>
  best.publishedOn > later.publishedOn || (best.publishedOn === later.publishedOn && best.verified && !later.verified);

/** A rate as a bank may state it: one figure, or points above (or below) the LPR. */
export type RateWish = { annualRateBp: number } | { tenor: LprTenor; spreadBp: number };
