import type { OfferStatus } from '@app/contracts';
import type { Fen } from '@app/kernel';

/** By total cost, nominal rate, amount, first payment, or newest. */
export const offerOrders = ['TOTAL_COST', 'RATE', 'AMOUNT', 'FIRST_PAYMENT', 'NEWEST'] as const;
export type OfferOrder = (typeof offerOrders)[number];

/** What is compared; each is a figure or a code of the offer. */
export const comparedFields = [
  'amountFen',
  'annualRateBp',
  'irrBp',
  'termMonths',
  'repayment',
  'security',
  'totalInterestFen',
  'totalFeesFen',
  'totalPaymentFen',
  'firstPaymentFen',
  'validTo',
] as const;
export type ComparedField = (typeof comparedFields)[number];

/** An offer with all figures that are compared. */
export interface Comparable {
  id: string;
  status: OfferStatus;
  amountFen: Fen;
  annualRateBp: number;
  irrBp: number;
  termMonths: number;
  repayment: string;
  security: string;
  totalInterestFen: Fen;
  totalFeesFen: Fen;
  totalPaymentFen: Fen;
  firstPaymentFen: Fen;
  validTo: string;
}

export const stands = ({ status }: { status: OfferStatus }): boolean => status === 'OPEN' || status === 'ACCEPTED';

const ascending = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

const orders: Record<OfferOrder, (a: Comparable, b: Comparable) => number> = {
  TOTAL_COST: (a, b) => ascending(a.irrBp, b.irrBp),
  RATE: (a, b) => ascending(a.annualRateBp, b.annualRateBp),
  AMOUNT: (a, b) => ascending(b.amountFen, a.amountFen),
  FIRST_PAYMENT: (a, b) => ascending(a.firstPaymentFen, b.firstPaymentFen),
  NEWEST: () => 0,
};

/** Those that stand first; then as wished; what is equal in that by total cost, then the newest first (ids carry time). */
export function inOfferOrder<C extends Comparable>(offers: readonly C[], order: OfferOrder): C[] {
  const rest = order === 'NEWEST' ? orders.NEWEST : orders.TOTAL_COST;
  return offers.toSorted(
    (a, b) => Number(stands(b)) - Number(stands(a)) || orders[order](a, b) || rest(a, b) || (a.id < b.id ? 1 : -1),
  );
}

/** Fields in which the offers that stand differ: what a page puts forward. */
export function differencesOf(offers: readonly Comparable[]): ComparedField[] {
  const standing = offers.filter(stands);
  return comparedFields.filter((field) => new Set(standing.map((offer) => offer[field])).size > 1);
}

/** Ids of the standing offers with the least total cost; none when there is nothing to choose from. */
export function cheapestOf(offers: readonly Comparable[]): Set<string> {
  const standing = offers.filter(stands);
  if (standing.length < 2) return new Set();
  const least = Math.min(...standing.map(({ irrBp }) => irrBp));
  return new Set(standing.filter(({ irrBp }) => irrBp === least).map(({ id }) => id));
}
