import type { LimitBook } from './limit-book.rules.js';
import { everywhere, placesOf, specificityOf } from './limit.rules.js';

/** What bounds the grabs of needs with one product and district; null stands for all that no override names. */
export interface Cap {
  product: string | null;
  district: string | null;
  /** The heavier cap holds where several fit. */
  weight: number;
  /** null when banks are not limited. */
  places: number | null;
  /** null when the amount is not limited. */
  over_bp: number | null;
}

/** The caps of the whole market as a small table, for queries over many needs. */
export const capsOf = (book: LimitBook, now: Date): Cap[] =>
  book.placesApart().map(({ product, district }) => {
    const scope = { ...everywhere, product, district };
    const policy = book.at(now, scope);
    return {
      product,
      district,
      weight: specificityOf(scope),
      places: placesOf(policy),
      over_bp: policy.amountLimited ? policy.overSubscriptionBp : null,
    };
  });

/**
 * The same as a lateral `cap` of a query over `need n`; the parameter is the JSON text of capsOf. It hands the need's code on
 * for conditions that are to be asked only after the cap's own.
 */
export const capSql = (parameter: string): string => `
  cross join lateral (
    select c.places, c.over_bp, n.uscc
    from json_to_recordset(${parameter}::json) as c (
      product uuid, district text, weight integer, places integer, over_bp bigint)
    where (c.product is null or c.product = n.product_id) and (c.district is null or c.district = n.district)
    order by c.weight desc limit 1
  ) as cap`;
