import { fc, it as property } from '@fast-check/jest';

import { anyRate, exactly, type Facts } from '../admission/facts.rules.js';
import type { ProductTerms } from '../product/terms.rules.js';
import { bySecurity, compareFits, type CompiledProduct, compileProduct, explain, fitOf } from './fit.rules.js';

const weights = { fitRateWeight: 40, fitBandWeight: 40, fitAmountWeight: 25, fitTermWeight: 15, fitFamilyWeight: 20 };
const terms: ProductTerms = {
  name: '科创贷',
  description: '',
  family: 'UNSECURED',
  amountMinFen: '10000000',
  amountMaxFen: '1000000000',
  termMonthsMin: 6,
  termMonthsMax: 36,
  annualRateBpMin: 345,
  annualRateBpMax: 480,
  security: ['UNSECURED'],
  repayment: ['BULLET'],
  fees: [],
  admission: null,
  programme: null,
};
const aProduct = (over: Partial<ProductTerms> = {}, id = 'p1'): CompiledProduct =>
  compileProduct({
    productId: id,
    version: 1,
    institutionId: 'i1',
    institutionCode: 'BANK',
    institutionName: '银行',
    terms: { ...terms, ...over },
  });
const facts: Facts = {
  district: '320583',
  industry: 'C3911',
  industry2: '39',
  tier: 'T3',
  titles: [],
  score: exactly(700),
  scoreBand: 'B',
  status: '存续',
  amountFen: exactly(500_000_000),
  termMonths: exactly(12),
  security: 'UNSECURED',
  annualRateBpMax: exactly(450),
};

describe('the fit of a product', () => {
  it('is told in parts that add up to its points', () => {
    const { outcome, points, parts } = explain(aProduct(), facts, 'ENTERPRISE', weights);
    expect(outcome).toBe('FITS');
    const earned = parts.reduce((sum, { weight, share }) => sum + weight * share, 0);
    const all = parts.reduce((sum, { weight }) => sum + weight, 0);
    expect(points).toBe(Math.floor(earned / (all * 10)));
    expect(points).toBe(86);
  });

  it.each<[string, Partial<ProductTerms>, Partial<Facts>, string]>([
    ['the amount is too large', { amountMaxFen: '400000000' }, {}, 'TERMS_AMOUNT'],
    ['the term is too long', { termMonthsMax: 11 }, {}, 'TERMS_TERM'],
    ['the security is another', { security: ['MORTGAGE'] }, {}, 'TERMS_SECURITY'],
    ['even its lowest rate is too high', { annualRateBpMin: 451 }, {}, 'TERMS_RATE'],
    ['its own rule says no', { admission: { field: 'tier', op: 'in', value: ['T5'] } }, {}, 'ADMISSION'],
    [
      'its programme says no',
      {
        programme: {
          id: 'g',
          code: 'G',
          name: 'G',
          version: 1,
          admission: { field: 'district', op: 'eq', value: '320505' },
        },
      },
      {},
      'PROGRAMME',
    ],
  ])('fails when %s, and says so', (_, wish, known, code) => {
    const product = aProduct(wish);
    expect(fitOf(product, { ...facts, ...known }, 'ENTERPRISE', weights)).toBeUndefined();
    const { outcome, checks } = explain(product, { ...facts, ...known }, 'ENTERPRISE', weights);
    expect([outcome, ...checks.filter((check) => check.outcome === 'FAILED').map((check) => check.code)]).toEqual([
      'NOT',
      code,
    ]);
  });

  it('is open, and never fitting, when a fact that decides is not known', () => {
    const product = aProduct({ admission: { field: 'tier', op: 'in', value: ['T3'] } });
    expect(fitOf(product, { ...facts, tier: null }, 'BANK', weights)?.outcome).toBe('OPEN');
  });

  it('does not ask a lead for the rate, and takes a rule of the bank about it for not known', () => {
    const unseen = { ...facts, annualRateBpMax: null };
    expect(fitOf(aProduct({ annualRateBpMin: 451 }), unseen, 'BANK', weights)?.outcome).toBe('FITS');
    const curious = aProduct({ admission: { field: 'annualRateBpMax', op: 'gte', value: 400 } });
    const told = explain(curious, unseen, 'BANK', weights);
    expect([told.outcome, told.checks.map(({ code }) => code).includes('TERMS_RATE')]).toEqual(['OPEN', false]);
  });

  it('weighs the rate for the enterprise and the score band for the bank', () => {
    const dear = aProduct({ annualRateBpMin: 450 });
    const of = (product: CompiledProduct, side: 'ENTERPRISE' | 'BANK', band = 'B') =>
      fitOf(product, { ...facts, scoreBand: band }, side, weights)!.points;
    expect(of(dear, 'ENTERPRISE')).toBeLessThan(of(aProduct(), 'ENTERPRISE'));
    expect(of(dear, 'BANK')).toBe(of(aProduct(), 'BANK'));
    expect(of(aProduct(), 'BANK', 'A')).toBeGreaterThan(of(aProduct(), 'BANK', 'D'));
  });
});

const someTerms = fc.record({
  family: fc.constantFrom<ProductTerms['family']>('GENERAL', 'UNSECURED', 'IP_PLEDGE', 'KE_DAI_TONG'),
  amountMaxFen: fc.integer({ min: 10_000_000, max: 2_000_000_000 }).map(String),
  termMonthsMax: fc.integer({ min: 6, max: 60 }),
  annualRateBpMin: fc.integer({ min: 0, max: 1_200 }),
  security: fc.subarray<ProductTerms['security'][number]>(['UNSECURED', 'IP_PLEDGE'], { minLength: 1 }),
});
const someFacts = fc.record({
  tier: fc.constantFrom('T1', 'T3', null),
  scoreBand: fc.constantFrom('A', 'C', 'E', null),
  amountFen: fc.integer({ min: 10_000_000, max: 2_000_000_000 }).map(exactly),
  termMonths: fc.integer({ min: 1, max: 60 }).map(exactly),
  security: fc.constantFrom('UNSECURED', 'IP_PLEDGE'),
  annualRateBpMax: fc.oneof(fc.constant(anyRate), fc.integer({ min: 0, max: 1_200 }).map(exactly)),
});

property.prop([someTerms, someFacts, fc.constantFrom<'ENTERPRISE' | 'BANK'>('ENTERPRISE', 'BANK')])(
  'is the same quickly as with reasons, and lies between 0 and 100',
  (wish, known, side) => {
    const product = aProduct(wish);
    const quick = fitOf(product, { ...facts, ...known }, side, weights) ?? { outcome: 'NOT', points: 0 };
    const told = explain(product, { ...facts, ...known }, side, weights);
    expect({ outcome: told.outcome, points: told.points }).toEqual(quick);
    expect(quick.points).toBeGreaterThanOrEqual(0);
    expect(quick.points).toBeLessThanOrEqual(100);
  },
);

property.prop([fc.array(someTerms, { maxLength: 12 }), someFacts, fc.infiniteStream(fc.nat())])(
  'ranks the same whatever the order of the shelf, and the index by security leaves nothing out',
  (wishes, known, random) => {
    const shelf = wishes.map((wish, index) => aProduct(wish, `p${String(index).padStart(2, '0')}`));
    const seen = { ...facts, ...known };
    const ranked = (products: readonly CompiledProduct[]) =>
      products
        .flatMap((product) => {
          const fit = fitOf(product, seen, 'BANK', weights);
          return fit ? [{ product, fit }] : [];
        })
        .toSorted(compareFits)
        .map(({ product }) => product.productId);
    const shuffled = shelf
      .map((product) => ({ product, key: random.next().value }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ product }) => product);
    expect(ranked(shuffled)).toEqual(ranked(shelf));
    expect(ranked(bySecurity(shelf).get(known.security) ?? [])).toEqual(ranked(shelf));
  },
);
