import { type Day, day, type Fen, yuan } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { repayments } from '../need/need.rules.js';
import { type Fee, feeTimings, totalFeesOf } from './fee.rules.js';
import { cashFlowsOf, irrBp, irrBpMax, irrOf } from './irr.rules.js';
import { type LoanTerms, scheduleOf, totalInterestOf } from './schedule.rules.js';

const drawnOn: Day = day('2026-11-23');
const loan = (wish: Partial<LoanTerms> = {}): LoanTerms => ({
  amountFen: yuan(1_000_000),
  annualRateBp: 600,
  termMonths: 12,
  repayment: 'INTEREST_FIRST',
  ...wish,
});
const fee = (timing: Fee['timing'], amount: number): Fee => ({ kind: 'GUARANTEE', timing, amountFen: yuan(amount) });

const anyLoan = fc.record({
  amountFen: fc.bigInt({ min: 1n, max: 10n ** 12n }).map((amount) => amount as Fen),
  annualRateBp: fc.integer({ min: 0, max: 3_600 }),
  termMonths: fc.integer({ min: 1, max: 360 }),
  repayment: fc.constantFrom(...repayments),
});
const anyDay = fc.constantFrom('2026-01-31', '2024-02-29', '2026-11-23', '2025-12-31').map(day);
const anyFees = (amountFen: Fen) =>
  fc.array(
    fc.record({
      kind: fc.constant('SERVICE' as const),
      timing: fc.constantFrom(...feeTimings),
      amountFen: fc.bigInt({ min: 0n, max: amountFen / 20n }).map((fees) => fees as Fen),
    }),
    { maxLength: 4 },
  );

describe('the repayment plan', () => {
  it('pays interest each month and the principal at the end', () => {
    const plan = scheduleOf(loan(), drawnOn);
    expect(plan.map(({ interestFen }) => interestFen)).toEqual(Array.from({ length: 12 }, () => yuan(5_000)));
    expect(plan.at(-1)).toEqual({
      month: 12,
      dueOn: '2027-11-23',
      principalFen: yuan(1_000_000),
      interestFen: yuan(5_000),
      balanceFen: 0n,
    });
  });

  it('is an annuity of 86,066.43 a month for a million over a year at 6%', () => {
    const plan = scheduleOf(loan({ repayment: 'EQUAL_INSTALMENT' }), drawnOn);
    const paid = plan.map(({ principalFen, interestFen }) => principalFen + interestFen);
    expect(new Set(paid.slice(0, -1))).toEqual(new Set([8_606_643n]));
    expect(paid.at(-1)! - 8_606_643n).toBeLessThan(20n);
    expect(plan[0]).toMatchObject({ interestFen: 500_000n, principalFen: 8_106_643n });
  });

  it('pays a twelfth back each month, with ever less interest', () => {
    const plan = scheduleOf(loan({ repayment: 'EQUAL_PRINCIPAL' }), drawnOn);
    expect(plan.slice(0, 2).map(({ principalFen, interestFen }) => [principalFen, interestFen])).toEqual([
      [8_333_333n, 500_000n],
      [8_333_333n, 458_333n],
    ]);
    expect(plan.at(-1)!.principalFen).toBe(8_333_337n);
  });

  it('falls due on the last day where a month is too short', () => {
    const plan = scheduleOf(loan({ termMonths: 3 }), day('2026-11-30'));
    expect(plan.map(({ dueOn }) => dueOn)).toEqual(['2026-12-30', '2027-01-30', '2027-02-28']);
  });

  property.prop([anyLoan, anyDay])('pays the amount back exactly, never less than nothing', (terms, from) => {
    const plan = scheduleOf(terms, from);
    expect(plan).toHaveLength(terms.termMonths);
    expect(plan.reduce((sum, { principalFen }) => sum + principalFen, 0n)).toBe(terms.amountFen);
    expect(plan.every(({ principalFen, interestFen }) => principalFen >= 0n && interestFen >= 0n)).toBe(true);
    expect(plan.at(-1)!.balanceFen).toBe(0n);
    let before = terms.amountFen as bigint;
    for (const { principalFen, balanceFen } of plan) {
      expect(balanceFen).toBe(before - principalFen);
      before = balanceFen;
    }
  });

  property.prop([anyLoan])('costs no interest at no rate, and more at a higher one', (terms) => {
    const interest = (annualRateBp: number) => totalInterestOf(scheduleOf({ ...terms, annualRateBp }, drawnOn));
    expect(interest(0)).toBe(0n);
    expect(interest(terms.annualRateBp + 100)).toBeGreaterThanOrEqual(interest(terms.annualRateBp));
  });
});

describe('the total cost as an annual rate', () => {
  it('is 10% for a loan of a year that costs a tenth on its last day', () => {
    expect(
      irrBp([
        { on: day('2025-01-01'), fen: 100n },
        { on: day('2026-01-01'), fen: -110n },
      ]),
    ).toBe(1_000);
  });

  it('compounds within the year: 6% paid monthly are 6.17%', () => {
    // (1 + 0.06 / 12) ^ 12 - 1 = 6.1678%; the days of the months move it by a basis point or two.
    expect(irrOf(loan(), [], drawnOn)).toBe(617);
    expect(irrOf(loan({ repayment: 'EQUAL_INSTALMENT' }), [], drawnOn)).toBe(619);
  });

  it('is the plain rate where all interest comes at the end of one year', () => {
    expect(irrOf(loan({ repayment: 'BULLET' }), [], drawnOn)).toBe(600);
  });

  it('weighs a fee by when it is paid: ahead is dearer than at the end', () => {
    const bullet = loan({ repayment: 'BULLET' });
    // (1.06 / 0.99) - 1 = 7.0707%, and 1.07 - 1.
    expect(irrOf(bullet, [fee('UPFRONT', 10_000)], drawnOn)).toBe(708);
    expect(irrOf(bullet, [fee('AT_END', 10_000)], drawnOn)).toBe(700);
  });

  it('takes a yearly fee ahead of each year and a monthly one with each payment', () => {
    const two = loan({ termMonths: 24, repayment: 'BULLET' });
    const on = (fees: Fee[]) => cashFlowsOf(two, fees, drawnOn).filter(({ fen }) => fen !== 0n);
    expect(on([fee('YEARLY', 100)]).map((flow) => flow.on)).toEqual(['2026-11-23', '2027-11-23', '2028-11-23']);
    expect(on([fee('MONTHLY', 100)])).toHaveLength(25);
    expect(totalFeesOf([fee('YEARLY', 100), fee('MONTHLY', 10)], 24)).toBe(yuan(440));
  });

  it('stays a figure where fees eat nearly all of the loan', () => {
    expect(irrOf(loan({ termMonths: 1 }), [fee('UPFRONT', 999_999)], drawnOn)).toBe(irrBpMax);
  });

  property.prop([anyLoan.chain((terms) => fc.tuple(fc.constant(terms), anyFees(terms.amountFen))), anyDay])(
    'makes the payments worth what came, to the basis point',
    ([terms, fees], from) => {
      const flows = cashFlowsOf(terms, fees, from);
      const rate = irrOf(terms, fees, from);
      const worth = (bp: number) =>
        flows.reduce((sum, { on, fen }) => {
          const days = (Date.parse(on) - Date.parse(from)) / 86_400_000;
          return sum + Number(fen) / (1 + bp / 10_000) ** (days / 365);
        }, 0);
      const blur = Number(terms.amountFen) * 1e-9 + 1e-6;
      expect(worth(rate)).toBeGreaterThanOrEqual(-blur);
      if (rate > 0) expect(worth(rate - 1)).toBeLessThan(blur);
    },
  );

  property.prop([anyLoan, fc.bigInt({ min: 1n, max: 1_000n })])('never falls when a fee is added', (terms, amount) => {
    const amountFen = ((terms.amountFen / 2_000n) * amount) / 1_000n;
    for (const timing of feeTimings)
      expect(irrOf(terms, [{ kind: 'OTHER', timing, amountFen: amountFen as Fen }], drawnOn)).toBeGreaterThanOrEqual(
        irrOf(terms, [], drawnOn),
      );
  });
});
