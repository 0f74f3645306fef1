import type { ProductFamily } from '@app/contracts';

import { compile, plain, type PlainRule, type Test } from '../admission/admission-run.rules.js';
import { type Check, checksOf } from '../admission/admission-text.rules.js';
import type { AdmissionRule } from '../admission/admission.rules.js';
import type { Facts } from '../admission/facts.rules.js';
import type { ProductTerms } from '../product/terms.rules.js';

/** A version of a product that stands on the shelf. */
export interface ShelfProduct {
  productId: string;
  version: number;
  institutionId: string;
  institutionCode: string;
  institutionName: string;
  terms: ProductTerms;
}

interface NamedRule {
  code: string;
  rule: PlainRule;
}

/** A version ready to be held against thousands of needs. */
export interface CompiledProduct extends ShelfProduct {
  rules: readonly NamedRule[];
  test: Test;
  /** Without the rate: a lead does not show the highest that the enterprise wants, and a bank asks when it offers. */
  leadTest: Test;
  amountMin: number;
  amountMax: number;
}

/** How much each part counts; parameters of the market. */
export interface FitWeights {
  fitRateWeight: number;
  fitBandWeight: number;
  fitAmountWeight: number;
  fitTermWeight: number;
  fitFamilyWeight: number;
}

/** FITS: every demand is met. OPEN: none fails, and at least one cannot be told yet. NOT: one fails. */
export const fitOutcomes = ['FITS', 'OPEN', 'NOT'] as const;
export type FitOutcome = (typeof fitOutcomes)[number];

export interface Fit {
  outcome: FitOutcome;
  /** 0 to 100. */
  points: number;
}

/** One part of the points, told so that a reader can add them up. */
export interface FitPart {
  code: 'RATE' | 'BAND' | 'AMOUNT' | 'TERM' | 'FAMILY';
  zh: string;
  en: string;
  weight: number;
  /** How much of the weight was earned, in thousandths. */
  share: number;
}

/** Who looks: the enterprise at products (rate counts), or a bank at a lead (the score band counts). */
export type Side = 'ENTERPRISE' | 'BANK';

/** The product's demands: its ranges, the programme's rule, its own rule. */
export function compileProduct(product: ShelfProduct): CompiledProduct {
  const { terms } = product;
  const rules: NamedRule[] = [
    { code: 'TERMS_SECURITY', rule: { field: 'security', op: 'in', value: terms.security } },
    {
      code: 'TERMS_AMOUNT',
      rule: {
        all: [
          { field: 'amountFen', op: 'gte', value: terms.amountMinFen },
          { field: 'amountFen', op: 'lte', value: terms.amountMaxFen },
        ],
      },
    },
    {
      code: 'TERMS_TERM',
      rule: {
        all: [
          { field: 'termMonths', op: 'gte', value: terms.termMonthsMin },
          { field: 'termMonths', op: 'lte', value: terms.termMonthsMax },
        ],
      },
    },
    { code: 'TERMS_RATE', rule: { field: 'annualRateBpMax', op: 'gte', value: terms.annualRateBpMin } },
    ...named('PROGRAMME', terms.programme?.admission),
    ...named('ADMISSION', terms.admission),
  ];
  return {
    ...product,
    rules,
    test: compile({ all: rules.map(({ rule }) => rule) }),
    leadTest: compile({ all: rules.filter(onLead).map(({ rule }) => rule) }),
    amountMin: Number(terms.amountMinFen),
    amountMax: Number(terms.amountMaxFen),
  };
}

const onLead = ({ code }: NamedRule): boolean => code !== 'TERMS_RATE';
const testFor = (product: CompiledProduct, side: Side): Test => (side === 'BANK' ? product.leadTest : product.test);

const named = (code: string, rule: AdmissionRule | null | undefined): NamedRule[] =>
  rule ? [{ code, rule: plain(rule) }] : [];

/** Products by the security that they take: most of the shelf is out of the question before a rule is run. */
export function bySecurity(shelf: readonly CompiledProduct[]): ReadonlyMap<string, readonly CompiledProduct[]> {
  const index = new Map<string, CompiledProduct[]>();
  for (const product of shelf)
    for (const security of product.terms.security) {
      const there = index.get(security);
      if (there) there.push(product);
      else index.set(security, [product]);
    }
  return index;
}

/** Undefined when the product does not fit: most do not, and nothing is worked out for them. */
export function fitOf(product: CompiledProduct, facts: Facts, side: Side, weights: FitWeights): Fit | undefined {
  const { amountFen } = facts;
  if (amountFen && (amountFen.high < product.amountMin || amountFen.low > product.amountMax)) return undefined;
  const known = testFor(product, side)(facts);
  if (known === false) return undefined;
  return { outcome: known === true ? 'FITS' : 'OPEN', points: pointsOf(product, facts, side, weights) };
}

/** Whole numbers throughout, so that every machine comes to the same order. */
function pointsOf({ terms }: CompiledProduct, facts: Facts, side: Side, weights: FitWeights): number {
  const first = side === 'BANK' ? weights.fitBandWeight : weights.fitRateWeight;
  const all = first + weights.fitAmountWeight + weights.fitTermWeight + weights.fitFamilyWeight;
  if (all === 0) return 0;
  const earned =
    first * (side === 'BANK' ? bandShare(facts) : rateShare(terms)) +
    weights.fitAmountWeight * amountShare(terms, facts) +
    weights.fitTermWeight * termShare(terms, facts) +
    weights.fitFamilyWeight * familyShare(terms.family, facts);
  return Math.floor(earned / (all * 10));
}

/** Outcome first, then points; what does not fit is last. For one number to sort by. */
export const rankOf = (fit: Fit | undefined): number => {
  if (!fit) return 0;
  return (fit.outcome === 'FITS' ? 2_000 : 1_000) + fit.points;
};

/** Best first; equal ones by the lower rate, then by product, so that the order is the same on every day. */
export function compareFits(
  a: { product: CompiledProduct; fit: Fit },
  b: { product: CompiledProduct; fit: Fit },
): number {
  return (
    rankOf(b.fit) - rankOf(a.fit) ||
    a.product.terms.annualRateBpMin - b.product.terms.annualRateBpMin ||
    (a.product.productId < b.product.productId ? -1 : 1)
  );
}

/** Why and why not: every demand with its value and threshold, and where the points come from. */
export function explain(
  product: CompiledProduct,
  facts: Facts,
  side: Side,
  weights: FitWeights,
): Fit & { checks: Check[]; parts: FitPart[] } {
  const rules = side === 'BANK' ? product.rules.filter(onLead) : product.rules;
  const checks = rules.flatMap(({ code, rule }) => checksOf(code, rule, facts));
  const known = testFor(product, side)(facts);
  const outcome = known === false ? 'NOT' : known === true ? 'FITS' : 'OPEN';
  const parts = partsOf(product, facts, side, weights);
  return { outcome, points: outcome === 'NOT' ? 0 : pointsOf(product, facts, side, weights), checks, parts };
}

function partsOf({ terms }: CompiledProduct, facts: Facts, side: Side, weights: FitWeights): FitPart[] {
  const first: FitPart =
    side === 'BANK'
      ? {
          code: 'BAND',
          zh: '创新积分档',
          en: 'innovation score band',
          weight: weights.fitBandWeight,
          share: bandShare(facts),
        }
      : { code: 'RATE', zh: '起始利率', en: 'lowest rate', weight: weights.fitRateWeight, share: rateShare(terms) };
  return [
    first,
    {
      code: 'AMOUNT',
      zh: '额度余地',
      en: 'room in the amount',
      weight: weights.fitAmountWeight,
      share: amountShare(terms, facts),
    },
    {
      code: 'TERM',
      zh: '期限余地',
      en: 'room in the term',
      weight: weights.fitTermWeight,
      share: termShare(terms, facts),
    },
    {
      code: 'FAMILY',
      zh: '产品类别',
      en: 'product family',
      weight: weights.fitFamilyWeight,
      share: familyShare(terms.family, facts),
    },
  ];
}

/** From 10% a year on a rate earns nothing [design]. */
const rateShare = ({ annualRateBpMin }: ProductTerms): number => 1_000 - Math.min(annualRateBpMin, 1_000);

const bandShares: Record<string, number> = { A: 1_000, B: 800, C: 600, D: 400, E: 200 };
/** Unknown lies between the two lowest bands: neither a merit nor the worst that could be. */
const bandShare = ({ scoreBand }: Facts): number => bandShares[scoreBand ?? ''] ?? 300;

/** A need at the very end of a product's range is often cut down. */
function amountShare({ amountMaxFen }: ProductTerms, { amountFen }: Facts): number {
  const most = Number(amountMaxFen);
  if (!amountFen || amountFen.high > most) return 400;
  return amountFen.high * 5 <= most * 4 ? 1_000 : 700;
}

/** Half a year of room lets a loan be prolonged within the product. */
function termShare({ termMonthsMax }: ProductTerms, { termMonths }: Facts): number {
  if (!termMonths || termMonths.high > termMonthsMax) return 400;
  return termMonths.high + 6 <= termMonthsMax ? 1_000 : 700;
}

const made: Partial<Record<ProductFamily, (facts: Facts) => boolean>> = {
  UNSECURED: ({ security }) => security === 'UNSECURED',
  IP_PLEDGE: ({ security }) => security === 'IP_PLEDGE',
  KE_DAI_TONG: ({ tier }) => tier !== null,
};

/** Made for such a need, for any need, or for others. */
function familyShare(family: ProductFamily, facts: Facts): number {
  const suits = made[family];
  if (!suits) return 500;
  return suits(facts) ? 1_000 : 250;
}
