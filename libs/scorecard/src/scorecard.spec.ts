import { canonicalJson, day, sha256Hex } from '@app/kernel';
import { fc, test as property } from '@fast-check/jest';

import { evaluateScorecard } from './evaluate-scorecard.js';
import { innovationPortraits, portraitModel } from './innovation-portrait/innovation-portraits.js';
import { floorDivide, type Knot, pointsOn, roundDivide } from './piecewise.js';
import { type Dimension, faultsOfModel, type ScorecardModel } from './scorecard-model.js';

const line: Knot[] = [
  { at: -10n, points: 0 },
  { at: 0n, points: 5_000 },
  { at: 3n, points: 10_000 },
];

describe('a line of points', () => {
  it.each([
    [-11n, 0],
    [-10n, 0],
    [-5n, 2_500],
    [-1n, 4_500],
    [0n, 5_000],
    [1n, 6_666],
    [2n, 8_333],
    [3n, 10_000],
    [10n ** 30n, 10_000],
  ])('gives at %s %i', (value, points) => {
    expect(pointsOn(line, value)).toBe(points);
  });

  it('falls as it rises', () => {
    expect(
      pointsOn(
        [
          { at: 0n, points: 10_000 },
          { at: 3n, points: 0 },
        ],
        1n,
      ),
    ).toBe(6_666);
  });

  it('needs a knot', () => {
    expect(() => pointsOn([], 1n)).toThrow(RangeError);
  });

  property.prop([fc.bigInt(), fc.bigInt({ min: 1n })])('divides downwards and to the nearest', (dividend, divisor) => {
    const floor = floorDivide(dividend, divisor);
    expect(floor * divisor <= dividend && dividend < (floor + 1n) * divisor).toBe(true);
    const near = roundDivide(dividend, divisor);
    expect((near * 2n - 1n) * divisor <= 2n * dividend && 2n * dividend < (near * 2n + 1n) * divisor).toBe(true);
  });
});

const one = (code: string, weightBp: number) => ({
  code,
  zh: code,
  en: code,
  unit: 'COUNT' as const,
  weightBp,
  knots: [
    { at: 0n, points: 0 },
    { at: 100n, points: 10_000 },
  ],
  source: 'test',
  provisional: true,
});
const dimension = (code: string, weightBp: number, ...indicators: Dimension['indicators']): Dimension => ({
  code,
  zh: code,
  en: code,
  weightBp,
  indicators,
});
const model: ScorecardModel = {
  code: 'test',
  version: '1',
  effectiveFrom: day('2020-01-01'),
  source: 'test',
  provisional: true,
  scaleMin: 300,
  scaleMax: 900,
  coverageMinBp: 4_000,
  bands: [
    { band: 'HIGH', from: 600 },
    { band: 'LOW', from: 300 },
  ],
  dimensions: [dimension('ONE', 6_000, one('A', 7_500), one('B', 2_500)), dimension('TWO', 4_000, one('C', 10_000))],
};
const scored = (values: Record<string, bigint | null>) => evaluateScorecard(model, new Map(Object.entries(values)));

describe('a scorecard', () => {
  it('takes weighted means of what is known, up to the scale', () => {
    expect(scored({ A: 100n, B: 0n, C: 50n })).toMatchObject({
      score: 300 + 390,
      band: 'HIGH',
      coverageBp: 10_000,
      dimensions: [{ score: 75 }, { score: 50 }],
      points: { A: 10_000, B: 0, C: 5_000 },
      missing: [],
    });
  });

  it('leaves out what is not known instead of taking it for 0', () => {
    expect(scored({ A: 100n, B: null, C: 100n })).toMatchObject({ score: 900, coverageBp: 8_500, missing: ['B'] });
    expect(scored({ A: 100n, B: 0n, C: 100n }).score).toBe(810);
  });

  it('gives no total when too little is known, but the dimensions that are', () => {
    expect(scored({ B: 80n })).toMatchObject({
      score: null,
      band: null,
      coverageBp: 1_500,
      dimensions: [
        { score: 80, coverageBp: 2_500 },
        { score: null, coverageBp: 0 },
      ],
    });
    expect(scored({ C: 0n })).toMatchObject({ score: 300, band: 'LOW' });
  });

  it('says what lifted it and what held it back, strongest first', () => {
    const { reasons } = scored({ A: 100n, B: 0n, C: 30n });
    expect(reasons.map(({ code }) => code)).toEqual(['LIFTS_A', 'HOLDS_BACK_C', 'HOLDS_BACK_B']);
    expect(reasons[0]).toEqual({ code: 'LIFTS_A', zh: 'A 100，提升“ONE”', en: 'A 100 lifts “ONE”' });
  });

  const amount = fc.option(fc.bigInt({ min: 0n, max: 200n }), { nil: null });
  property.prop([amount, amount, amount, fc.bigInt({ min: 0n, max: 50n })])(
    'stays on its scale, and more of a good thing never costs points',
    (A, B, C, more) => {
      const { score } = scored({ A, B, C });
      const better = scored({ A: A === null ? null : A + more, B, C }).score;
      expect(score === null || (score >= 300 && score <= 900)).toBe(true);
      expect((better ?? 0) >= (score ?? 0)).toBe(true);
    },
  );
});

describe('the innovation portrait', () => {
  it.each(innovationPortraits.map((version) => [version.version, version] as const))(
    '%s adds up, and has the eight dimensions of 1+8',
    (_, version) => {
      expect(faultsOfModel(version)).toEqual([]);
      expect(version.dimensions.map(({ zh }) => zh)).toEqual([
        '企业资质',
        '经营发展',
        '创新资质',
        '创新人才',
        '创新投入',
        '创新产出',
        '行业潜力',
        '抗风险性',
      ]);
    },
  );

  // A published version may never change: scores that were made with it could not be replayed. Make a new version.
  it.each([['2026a', '7b5eb94acd95a044d0429fb74e24fe3811efc6b443d2522f8129e2231aeba4fe']])(
    '%s is what it was when it was published',
    (version, hash) => {
      const published = innovationPortraits.find((candidate) => candidate.version === version);
      const text = JSON.stringify(published, (_, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      expect(sha256Hex(canonicalJson(JSON.parse(text)))).toBe(hash);
    },
  );

  it('is chosen by the day', () => {
    expect(portraitModel(day('2026-11-23')).version).toBe('2026a');
    expect(portraitModel(day('1999-01-01')).version).toBe('2026a');
  });

  it.each([
    ['weights', { ...model, dimensions: [dimension('ONE', 9_999, one('A', 10_000))] }],
    ['a line', { ...model, dimensions: [dimension('ONE', 10_000, { ...one('A', 10_000), knots: line.toReversed() })] }],
    ['a name', { ...model, dimensions: [dimension('A', 10_000, one('A', 10_000))] }],
    ['a band', { ...model, bands: [{ band: 'LOW', from: 301 }] }],
    ['bands', { ...model, bands: model.bands.toReversed() }],
  ])('is refused with %s that cannot be', (_, broken) => {
    expect(faultsOfModel(broken)).not.toEqual([]);
  });
});
