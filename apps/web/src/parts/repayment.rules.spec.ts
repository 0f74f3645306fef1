import fc from 'fast-check';

import { costOf, planOf, type Repayment, type Terms } from './repayment.rules.js';

const aTerms = (changes: Partial<Terms> = {}): Terms => ({
  amountFen: 300_000_000n,
  annualRateBp: 360,
  termMonths: 12,
  repayment: 'INTEREST_FIRST',
  feesFen: 0n,
  ...changes,
});

describe('what a loan costs', () => {
  it('interest first: 3 million at 3.60% for a year is 9 000 yuan a month and the principal at the end', () => {
    const plan = planOf(aTerms());
    expect(plan[0]).toMatchObject({ principalFen: 0n, interestFen: 900_000n });
    expect(plan[11]).toMatchObject({ principalFen: 300_000_000n, interestFen: 900_000n, balanceFen: 0n });
    expect(costOf(aTerms())).toMatchObject({ interestFen: 10_800_000n, annualCostBp: 360 });
  });

  it('equal principal: interest falls with the balance', () => {
    const plan = planOf(aTerms({ repayment: 'EQUAL_PRINCIPAL' }));
    expect(plan[0]).toMatchObject({ principalFen: 25_000_000n, interestFen: 900_000n });
    expect(plan[11]).toMatchObject({ principalFen: 25_000_000n, interestFen: 75_000n });
    expect(costOf(aTerms({ repayment: 'EQUAL_PRINCIPAL' })).interestFen).toBe(5_850_000n);
  });

  it('equal instalments: the published annuity of 1 000 000 yuan at 6% over 12 months is 86 066.43 a month', () => {
    const [first] = planOf(aTerms({ amountFen: 100_000_000n, annualRateBp: 600, repayment: 'EQUAL_INSTALMENT' }));
    expect(first!.principalFen + first!.interestFen).toBe(8_606_643n);
  });

  it('all at the end: the same simple interest in one payment', () => {
    const plan = planOf(aTerms({ repayment: 'BULLET' }));
    expect(plan.slice(0, 11).every(({ interestFen }) => interestFen === 0n)).toBe(true);
    expect(plan[11]).toMatchObject({ principalFen: 300_000_000n, interestFen: 10_800_000n });
  });

  it('a fee of 1% weighs 1% a year on a balance that stays, nearly double on one that falls', () => {
    expect(costOf(aTerms({ feesFen: 3_000_000n })).annualCostBp).toBe(460);
    expect(costOf(aTerms({ feesFen: 3_000_000n, repayment: 'EQUAL_PRINCIPAL' })).annualCostBp).toBe(545);
    expect(costOf(aTerms({ feesFen: 3_000_000n, repayment: 'EQUAL_INSTALMENT' })).annualCostBp).toBe(544);
  });

  it('every plan pays back exactly what was lent, whatever the terms', () => {
    const terms = fc.record({
      amountFen: fc.bigInt({ min: 1_000_000n, max: 50_000_000_000n }),
      annualRateBp: fc.integer({ min: 0, max: 2_400 }),
      termMonths: fc.integer({ min: 1, max: 120 }),
      repayment: fc.constantFrom<Repayment>('INTEREST_FIRST', 'EQUAL_INSTALMENT', 'EQUAL_PRINCIPAL', 'BULLET'),
      feesFen: fc.constant(0n),
    });
    fc.assert(
      fc.property(terms, (given) => {
        const plan = planOf(given);
        const paid = plan.reduce((sum, payment) => sum + payment.principalFen, 0n);
        expect(plan).toHaveLength(given.termMonths);
        expect(paid).toBe(given.amountFen);
        expect(plan.every(({ principalFen, balanceFen }) => principalFen >= 0n && balanceFen >= 0n)).toBe(true);
      }),
    );
  });
});
