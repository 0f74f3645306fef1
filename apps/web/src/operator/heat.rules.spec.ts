import { depthOf, figureOf } from './heat.rules.js';

const day = { read: 200, setAside: 3, scoreBp: 9_400, fresh: false };

describe('a tile of the heat map', () => {
  it.each([
    ['rows', 200],
    ['aside', 150],
    ['score', 9_400],
    ['fresh', 1],
  ] as const)('says %s', (measure, figure) => {
    expect(figureOf(measure, day)).toBe(figure);
  });

  it('says nothing of a day on which nothing came or nobody measured', () => {
    const empty = { read: 0, setAside: 0, scoreBp: null, fresh: null };
    expect((['rows', 'aside', 'score', 'fresh'] as const).map((measure) => figureOf(measure, empty))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('is deeper for more rows, a larger share, a lower score and a missed promise', () => {
    expect(depthOf('rows', 1_000)).toBeGreaterThan(depthOf('rows', 10));
    expect(depthOf('aside', 500)).toBeGreaterThan(depthOf('aside', 5));
    expect(depthOf('score', 8_000)).toBeGreaterThan(depthOf('score', 9_900));
    expect([depthOf('fresh', 0), depthOf('fresh', 1), depthOf('score', 0), depthOf('rows', 1e9)]).toEqual([0, 1, 1, 1]);
  });
});
