import { irrBp, totalFeesOf, type Timing } from './irr.rules.js';

const loan = {
  amountFen: 100_000_000n,
  annualRateBp: 600,
  termMonths: 12,
  repayment: 'INTEREST_FIRST' as const,
};
const drawnOn = '2026-11-23';
const fee = (timing: Timing) => [{ timing, amountFen: 1_000_000n }];

describe('what a loan costs a year, by day and compound', () => {
  it('agrees with the figures of the service', () => {
    expect(irrBp(loan, [], drawnOn)).toBe(617);
    expect(irrBp({ ...loan, repayment: 'EQUAL_INSTALMENT' }, [], drawnOn)).toBe(619);
    expect(irrBp({ ...loan, repayment: 'BULLET' }, [], drawnOn)).toBe(600);
  });

  it('weighs a fee by when it is paid', () => {
    const bullet = { ...loan, repayment: 'BULLET' as const };
    expect(irrBp(bullet, fee('UPFRONT'), drawnOn)).toBe(708);
    expect(irrBp(bullet, fee('AT_END'), drawnOn)).toBe(700);
  });

  it.each([
    ['UPFRONT', 1_000_000n],
    ['AT_END', 1_000_000n],
    ['YEARLY', 2_000_000n],
    ['MONTHLY', 24_000_000n],
  ] as const)('a fee that is due %s comes to %i fen in two years', (timing, total) => {
    expect(totalFeesOf(fee(timing), 24)).toBe(total);
  });
});
