import { fc, test } from '@fast-check/jest';

import {
  gradeOfTotal,
  type Measure,
  type Measures,
  qualityItems,
  ranksOf,
  schemeFor,
  type Scheme,
  scoreOf,
} from './quality.rules.js';

const scheme: Scheme = {
  version: 1,
  fromMonth: '2015-01',
  source: 'design',
  items: [
    { item: 'TAKE_UP', points: 15, zeroBp: 6_000, fullBp: 9_500, baseMin: 3 },
    { item: 'FIRST_CONTACT_ON_TIME', points: 20, zeroBp: 7_000, fullBp: 9_800, baseMin: 3 },
    { item: 'DECISION_ON_TIME', points: 15, zeroBp: 6_000, fullBp: 9_500, baseMin: 3 },
    { item: 'APPROVAL', points: 15, zeroBp: 2_000, fullBp: 6_000, baseMin: 3 },
    { item: 'FIRST_LOAN', points: 10, zeroBp: 0, fullBp: 3_000, baseMin: 1 },
    { item: 'UNSECURED', points: 10, zeroBp: 0, fullBp: 6_000, baseMin: 1 },
    { item: 'STARS', points: 10, zeroBp: 6_000, fullBp: 9_600, baseMin: 3 },
    { item: 'COMPLAINTS', points: 5, zeroBp: 500, fullBp: 0, baseMin: 3 },
  ],
  gradeFrom: { A: 8_500, B: 7_000, C: 5_500 },
  pointsMin: 50,
};
const share = (part: number, whole: number): Measure => ({ part: BigInt(part), whole: BigInt(whole), base: whole });
const best: Measures = {
  TAKE_UP: share(20, 20),
  FIRST_CONTACT_ON_TIME: share(20, 20),
  DECISION_ON_TIME: share(20, 20),
  APPROVAL: share(12, 20),
  FIRST_LOAN: share(6, 20),
  UNSECURED: share(12, 20),
  STARS: { part: 98n, whole: 100n, base: 20 },
  COMPLAINTS: share(0, 20),
};
const earned = (measures: Partial<Measures>, item: (typeof qualityItems)[number]) =>
  scoreOf({ ...best, ...measures }, scheme).items.find((one) => one.item === item)!;

describe('the score of a bank’s month', () => {
  it('has 100 points, and the best bank gets them all', () => {
    expect(scheme.items.reduce((sum, { points }) => sum + points, 0)).toBe(100);
    expect(scoreOf(best, scheme)).toMatchObject({ totalCenti: 10_000, grade: 'A', scoredPoints: 100 });
  });

  it.each([
    ['TAKE_UP', share(6, 10), 0],
    ['TAKE_UP', share(95, 100), 1_500],
    ['TAKE_UP', share(31, 40), 750],
    ['TAKE_UP', share(1, 3), 0],
    ['FIRST_CONTACT_ON_TIME', share(9, 10), 1_429],
    ['DECISION_ON_TIME', share(7, 9), 762],
    ['APPROVAL', share(1, 3), 500],
    ['APPROVAL', share(2, 5), 750],
    ['FIRST_LOAN', share(1, 10), 333],
    ['FIRST_LOAN', share(0, 1), 0],
    ['UNSECURED', { part: 250_000_000n, whole: 1_000_000_000n, base: 2 }, 417],
    ['STARS', { part: 42n, whole: 50n, base: 10 }, 667],
    ['COMPLAINTS', share(0, 50), 500],
    ['COMPLAINTS', share(1, 50), 300],
    ['COMPLAINTS', share(1, 10), 0],
  ] as const)('gives for %s of %j %i hundredths', (item, measure, centi) => {
    expect(earned({ [item]: measure }, item).earnedCenti).toBe(centi);
  });

  it('spreads the weight of what is not known over what is, and says so', () => {
    const score = scoreOf({ ...best, STARS: null, COMPLAINTS: share(0, 2), TAKE_UP: share(6, 10) }, scheme);
    expect(score.scoredPoints).toBe(85);
    expect(score.totalCenti).toBe(Math.round((7_000 * 100) / 85));
    expect(score.items.filter(({ unscored }) => unscored).map(({ item, unscored }) => [item, unscored])).toEqual([
      ['STARS', 'UNKNOWN'],
      ['COMPLAINTS', 'TOO_FEW'],
    ]);
  });

  it('gives no grade on a corner of the work', () => {
    const little = Object.fromEntries(qualityItems.map((item) => [item, null])) as unknown as Measures;
    expect(scoreOf({ ...little, FIRST_LOAN: share(1, 1), APPROVAL: share(3, 3) }, scheme)).toMatchObject({
      scoredPoints: 25,
      totalCenti: null,
      grade: null,
    });
    expect(scoreOf(little, { ...scheme, pointsMin: 0 }).grade).toBeNull();
  });

  it.each([
    [10_000, 'A'],
    [8_500, 'A'],
    [8_499, 'B'],
    [7_000, 'B'],
    [6_999, 'C'],
    [5_500, 'C'],
    [5_499, 'D'],
    [0, 'D'],
  ])('grades %i as %s', (total, grade) => {
    expect(gradeOfTotal(total, scheme)).toBe(grade);
  });

  it('ranks equal totals alike', () => {
    expect(ranksOf([7_000, null, 9_000, 7_000, 1])).toEqual([2, null, 1, 2, 4]);
  });

  it('goes by the scheme of its month', () => {
    const later = { ...scheme, version: 2, fromMonth: '2026-11' };
    const versions = ['2014-12', '2026-10', '2026-11', '2027-01'].map(
      (month) => schemeFor([later, scheme], month)?.version,
    );
    expect(versions).toEqual([undefined, 1, 2, 2]);
  });

  const anyMeasure = fc.tuple(fc.nat(1_000), fc.nat(1_000)).map(([a, b]) => share(Math.min(a, b), Math.max(a, b)));
  const anyMeasures = fc.record(
    Object.fromEntries(qualityItems.map((item) => [item, fc.option(anyMeasure)])) as Record<
      string,
      fc.Arbitrary<unknown>
    >,
  ) as unknown as fc.Arbitrary<Measures>;

  test.prop([anyMeasures])('never leaves its bounds, whatever is known', (measures) => {
    const score = scoreOf(measures, scheme);
    for (const { earnedCenti, points } of score.items) {
      expect(earnedCenti ?? 0).toBeGreaterThanOrEqual(0);
      expect(earnedCenti ?? 0).toBeLessThanOrEqual(points * 100);
    }
    if (score.totalCenti !== null) {
      expect(score.totalCenti).toBeGreaterThanOrEqual(0);
      expect(score.totalCenti).toBeLessThanOrEqual(10_000);
    }
  });

  test.prop([fc.nat(200), fc.nat(200)])('never falls when a bank does better', (part, whole) => {
    const total = Math.max(part, whole, 3) + 1;
    const [worse, better] = [share(part, total), share(part + 1, total)];
    for (const item of ['TAKE_UP', 'FIRST_CONTACT_ON_TIME', 'APPROVAL', 'UNSECURED'] as const)
      expect(earned({ [item]: better }, item).earnedCenti!).toBeGreaterThanOrEqual(
        earned({ [item]: worse }, item).earnedCenti!,
      );
    expect(earned({ COMPLAINTS: better }, 'COMPLAINTS').earnedCenti!).toBeLessThanOrEqual(
      earned({ COMPLAINTS: worse }, 'COMPLAINTS').earnedCenti!,
    );
  });
});
