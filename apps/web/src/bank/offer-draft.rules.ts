import { irrBp, totalFeesOf, type Timing } from '../parts/irr.rules.js';
import { costOf } from '../parts/repayment.rules.js';
import type { NewOffer, OfferFee, Quote } from './case.query.js';

/** What stands in the form; whatever is not typed yet is absent. */
export interface OfferFields {
  readonly amountFen?: string;
  readonly basis: 'FIXED' | 'LPR';
  readonly ratePercent?: number | null;
  readonly tenor: Quote['tenor'];
  readonly spreadBp?: number | null;
  readonly termMonths?: number | null;
  readonly repayment: NewOffer['repayment'];
  readonly security: NewOffer['security'];
  readonly fees?: readonly Partial<OfferFee>[];
  readonly conditions?: string;
  /** Day. */
  readonly validTo?: string | undefined;
}

/** An offer that can be sent, and the rate that it comes to. */
export interface OfferDraft {
  readonly body: NewOffer;
  readonly rateBp: number;
}

export interface DraftCost {
  readonly irrBp: number;
  /** By simple interest. */
  readonly annualCostBp: number;
  readonly totalFen: bigint;
  readonly feesFen: bigint;
}

/** The newest quote of a tenor: what the service will take, were the offer made now. */
export const quoteOf = (quotes: readonly Quote[], tenor: Quote['tenor']): Quote | undefined =>
  quotes.find((quote) => quote.tenor === tenor);

function rateOf(fields: OfferFields, quotes: readonly Quote[]) {
  if (fields.basis === 'FIXED') {
    if (typeof fields.ratePercent !== 'number') return null;
    const annualRateBp = Math.round(fields.ratePercent * 100);
    return { rateBp: annualRateBp, said: { annualRateBp } };
  }
  const quote = quoteOf(quotes, fields.tenor);
  if (!quote || typeof fields.spreadBp !== 'number') return null;
  const { tenor, spreadBp } = fields;
  return { rateBp: quote.rateBp + spreadBp, said: { lpr: { tenor, spreadBp } } };
}

const isFee = (fee: Partial<OfferFee>): fee is OfferFee => Boolean(fee.kind && fee.timing && fee.amountFen);

/** Null until the amount, the rate, the term and every fee are there. */
export function draftOf(fields: OfferFields, quotes: readonly Quote[]): OfferDraft | null {
  const rate = rateOf(fields, quotes);
  const fees = fields.fees ?? [];
  if (!rate || rate.rateBp < 0 || !fields.amountFen || fields.amountFen === '0') return null;
  if (!fields.termMonths || !fields.validTo || !fees.every(isFee)) return null;
  const conditions = fields.conditions?.trim();
  const body: NewOffer = {
    amountFen: fields.amountFen,
    ...rate.said,
    termMonths: fields.termMonths,
    repayment: fields.repayment,
    security: fields.security,
    ...(fees.length === 0 ? {} : { fees: fees.map(({ kind, timing, amountFen }) => ({ kind, timing, amountFen })) }),
    ...(conditions ? { conditions } : {}),
    validTo: fields.validTo,
  };
  return { body, rateBp: rate.rateBp };
}

/** As the service reckons the stored offer: as if the money came today. */
export function costOfDraft({ body, rateBp }: OfferDraft, today: string): DraftCost {
  const { termMonths, repayment } = body;
  const amountFen = BigInt(body.amountFen);
  const fees = (body.fees ?? []).map((fee) => ({ timing: fee.timing as Timing, amountFen: BigInt(fee.amountFen) }));
  const terms = { amountFen, annualRateBp: rateBp, termMonths, repayment, feesFen: totalFeesOf(fees, termMonths) };
  const { totalFen, feesFen, annualCostBp } = costOf(terms);
  return { irrBp: irrBp(terms, fees, today), annualCostBp, totalFen, feesFen };
}
