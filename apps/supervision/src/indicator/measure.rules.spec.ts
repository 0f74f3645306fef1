import { changeBp, dimensionsOf, measureNames, measures, noSums, type Sums } from './measure.rules.js';

const sums = (wish: Partial<Sums>): Sums => ({ ...noSums, ...wish });

describe('measures', () => {
  it('are zero where nothing happened, and absent where there is nothing to take a mean of', () => {
    const absent = measureNames.filter((name) => measures[name].valueOf(noSums) === null);
    expect(absent).toEqual(['contactHours', 'contactHoursMedian', 'weightedRateBp']);
    for (const name of measureNames.filter((one) => !absent.includes(one)))
      expect(measures[name].valueOf(noSums)).toBe('0');
  });

  it('keep money exact beyond what a double holds', () => {
    expect(measures.disbursedFen.valueOf(sums({ amount: 9_007_199_254_740_993_001n }))).toBe('9007199254740993001');
  });

  it.each([
    [100n, 39_500n, '395'],
    [3n, 1_000n, '333'],
    [2n, 701n, '351'],
  ])('weigh rates over %s fen to %s as %s basis points, half up', (amount, weight, rate) => {
    expect(measures.weightedRateBp.valueOf(sums({ count: 1n, amount, weight }))).toBe(rate);
  });

  it.each([
    [1n, 5_400n, '1.5'],
    [4n, 720n, '0.1'],
    [3n, 36_000n, '3.3'],
    [1n, 0n, '0.0'],
  ])('share hours over %s contacts of %s seconds as %s', (count, amount, hours) => {
    expect(measures.contactHours.valueOf(sums({ count, amount }))).toBe(hours);
  });

  it('are told apart by what is frozen on the act and by nothing else', () => {
    expect(dimensionsOf('needs')).not.toContain('institution');
    expect(dimensionsOf('grabs')).toContain('institution');
    expect(dimensionsOf('grabs')).not.toContain('reason');
    expect(dimensionsOf('declines')).toContain('reason');
    expect(dimensionsOf('authorisationsSigned')).toEqual(['month', 'day']);
  });

  it.each([
    ['100', '130', 3_000],
    ['3', '1', -6_667],
    ['0', '5', null],
    [null, '5', null],
    ['5', null, null],
  ])('change from %s to %s by %s basis points', (before, now, change) => {
    expect(changeBp(before, now)).toBe(change);
  });
});
