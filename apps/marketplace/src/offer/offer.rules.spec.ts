import { type Day, day, type Fen, yuan } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { repayments } from '../need/need.rules.js';
import { acceptanceFault, annualCostBp, type Terms } from './offer.rules.js';

const million = yuan(1_000_000);
const terms = (wish: Partial<Terms> = {}): Terms => ({
  amountFen: million,
  annualRateBp: 395,
  termMonths: 12,
  repayment: 'INTEREST_FIRST',
  feesFen: 0n as Fen,
  ...wish,
});

const anyTerms = fc.record({
  amountFen: fc.bigInt({ min: 1_000_000n, max: 10n ** 12n }).map((amount) => amount as Fen),
  annualRateBp: fc.integer({ min: 0, max: 3_600 }),
  termMonths: fc.integer({ min: 1, max: 360 }),
  repayment: fc.constantFrom(...repayments),
  feesFen: fc.bigInt({ min: 0n, max: 100_000n }).map((fees) => fees as Fen),
});

describe('the total annual cost', () => {
  it('adds one percent of fees on a loan of one year, paid back at the end', () => {
    expect(annualCostBp(terms({ feesFen: yuan(10_000) }))).toBe(495);
  });

  it('adds half of it on two years', () => {
    expect(annualCostBp(terms({ feesFen: yuan(10_000), termMonths: 24 }))).toBe(445);
  });

  it('adds more where the money goes back month by month: 100 bp over 6.5 of 12 months', () => {
    expect(annualCostBp(terms({ feesFen: yuan(10_000), repayment: 'EQUAL_PRINCIPAL' }))).toBe(395 + 185);
  });

  it('reckons with rounding up: never cheaper than it is', () => {
    expect(annualCostBp(terms({ feesFen: 1n as Fen }))).toBe(396);
  });

  property.prop([anyTerms])('is the rate without fees', (any) => {
    expect(annualCostBp({ ...any, feesFen: 0n as Fen })).toBe(any.annualRateBp);
  });

  property.prop([anyTerms, fc.bigInt({ min: 1n, max: 100_000n })])('never falls when fees rise', (any, more) => {
    expect(annualCostBp({ ...any, feesFen: (any.feesFen + more) as Fen })).toBeGreaterThanOrEqual(annualCostBp(any));
    expect(annualCostBp(any)).toBeGreaterThanOrEqual(any.annualRateBp);
  });

  property.prop([anyTerms])('is least when all is paid back at the end, and most by equal principal', (any) => {
    const by = (repayment: Terms['repayment']) => annualCostBp({ ...any, repayment });
    expect(by('BULLET')).toBe(by('INTEREST_FIRST'));
    expect(by('BULLET')).toBeLessThanOrEqual(by('EQUAL_INSTALMENT'));
    // A rounding of the instalment may weigh one basis point.
    expect(by('EQUAL_INSTALMENT')).toBeLessThanOrEqual(by('EQUAL_PRINCIPAL') + 1);
  });
});

describe('accepting an offer', () => {
  const offer = { status: 'OPEN' as const, validTo: day('2026-11-23'), amountFen: 60n as Fen };
  const need = { amountFen: 100n as Fen, acceptedFen: 0n as Fen };
  const today: Day = day('2026-11-23');
  it('is possible to the last day, once, and up to what is needed', () => {
    expect(acceptanceFault(offer, need, today)).toBeUndefined();
    expect(acceptanceFault(offer, need, day('2026-11-24'))).toBe('EXPIRED');
    expect(acceptanceFault({ ...offer, status: 'ACCEPTED' }, need, today)).toBe('NOT_OPEN');
    expect(acceptanceFault(offer, { ...need, acceptedFen: 40n as Fen }, today)).toBeUndefined();
    expect(acceptanceFault(offer, { ...need, acceptedFen: 41n as Fen }, today)).toBe('TOO_MUCH');
  });
});
