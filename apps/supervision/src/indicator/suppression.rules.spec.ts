import { fc, test } from '@fast-check/jest';

import { type Cell, enterprisesMin, idOf, suppressedCells } from './suppression.rules.js';

/** One enterprise is named in one row only, so that the total is the sum. */
const oneLine = (sizes: readonly number[]): Cell[] => [
  { key: [null], n: sizes.reduce((sum, n) => sum + n, 0) },
  ...sizes.map((n, index) => ({ key: [`k${index}`], n })),
];

const hiddenOf = (sizes: readonly number[]): string[] =>
  [...suppressedCells(oneLine(sizes))].map((id) => String(JSON.parse(id)[0] ?? 'total')).toSorted();

describe('small cells', () => {
  it('serves a line in which every cell has five enterprises or none', () => {
    expect(hiddenOf([5, 0, 12, 700])).toEqual([]);
    expect(hiddenOf([])).toEqual([]);
    expect(hiddenOf([0, 0])).toEqual([]);
  });

  it('hides a single small cell together with the smallest other one', () => {
    expect(hiddenOf([40, 3, 9, 0])).toEqual(['k1', 'k2']);
  });

  it('is content with two small cells that together stand for five enterprises', () => {
    expect(hiddenOf([40, 3, 2, 9])).toEqual(['k1', 'k2']);
  });

  it('does not let two single enterprises be told by a remainder of two', () => {
    expect(hiddenOf([40, 1, 1, 9])).toEqual(['k1', 'k2', 'k3']);
  });

  it('hides the total when nothing else is left to hide behind', () => {
    expect(hiddenOf([3, 0])).toEqual(['k0', 'total']);
    expect(hiddenOf([1, 1, 1, 1, 1])).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'total']);
  });

  it('hides a neighbour across the filter too, or the row would follow from its column', () => {
    const cells: Cell[] = [
      { key: [null, null], n: 60 },
      { key: ['2026-01', null], n: 30 },
      { key: ['2026-02', null], n: 30 },
      { key: [null, 'A'], n: 21 },
      { key: [null, 'B'], n: 39 },
      { key: ['2026-01', 'A'], n: 2 },
      { key: ['2026-02', 'A'], n: 19 },
      { key: ['2026-01', 'B'], n: 28 },
      { key: ['2026-02', 'B'], n: 11 },
    ];
    const inside = ['2026-01', '2026-02'].flatMap((month) => ['A', 'B'].map((place) => idOf([month, place])));
    expect(suppressedCells(cells)).toEqual(new Set(inside));
  });

  const sizes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 500 })), {
    maxLength: 20,
  });

  test.prop([sizes])('never serves one to four enterprises, and always serves zero', (line) => {
    const hidden = suppressedCells(oneLine(line));
    for (const { key, n } of oneLine(line)) {
      if (n > 0 && n < enterprisesMin) expect(hidden).toContain(idOf(key));
      if (n === 0) expect(hidden).not.toContain(idOf(key));
    }
  });

  test.prop([sizes])(
    'leaves every hidden figure at least two possible values, whatever is added or taken away',
    (line) => {
      const cells = oneLine(line);
      const hidden = suppressedCells(cells);
      if (hidden.has(idOf([null]))) return;
      const unknown = cells.slice(1).filter(({ key }) => hidden.has(idOf(key)));
      if (unknown.length === 0) return;
      // All that served figures tell is the remainder; each unknown is known to be at least one.
      const served = cells.slice(1).filter(({ key }) => !hidden.has(idOf(key)));
      const remainder = cells[0]!.n - served.reduce((sum, { n }) => sum + n, 0);
      const mostOfOne = remainder - (unknown.length - 1);
      expect(unknown.length).toBeGreaterThan(1);
      expect(mostOfOne).toBeGreaterThan(1);
      expect(remainder).toBeGreaterThanOrEqual(enterprisesMin);
    },
  );

  test.prop([sizes])('a hidden total stands beside a hidden row, or it would be their sum', (line) => {
    const hidden = suppressedCells(oneLine(line));
    if (hidden.has(idOf([null]))) expect(hidden.size).toBeGreaterThan(1);
  });

  test.prop([sizes, fc.nat()])('decides the same whatever the order in which the rows come', (line, turn) => {
    const cells = oneLine(line);
    const at = cells.length === 0 ? 0 : turn % cells.length;
    expect(suppressedCells([...cells.slice(at), ...cells.slice(0, at)].toReversed())).toEqual(suppressedCells(cells));
  });

  const table = fc.array(
    fc.record({ month: fc.integer({ min: 1, max: 4 }), place: fc.integer({ min: 1, max: 3 }), who: fc.nat(40) }),
    { maxLength: 200 },
  );

  /** All margins of a table in which an enterprise may stand in many cells. */
  function cubeOf(acts: readonly { month: number; place: number; who: number }[]): Cell[] {
    const found = new Map<string, Set<number>>();
    for (const { month, place, who } of acts)
      for (const m of [`m${month}`, null])
        for (const p of [`p${place}`, null]) found.set(idOf([m, p]), (found.get(idOf([m, p])) ?? new Set()).add(who));
    return [...found].map(([id, who]) => ({ key: JSON.parse(id), n: who.size }));
  }

  test.prop([table])('no row or column of a filtered table gives a hidden figure away', (acts) => {
    const cells = cubeOf(acts);
    const hidden = suppressedCells(cells);
    for (const total of cells.filter(({ key }) => key.includes(null)))
      for (const [dimension, value] of total.key.entries()) {
        if (value !== null) continue;
        const others = ({ key }: Cell) => key[1 - dimension] === total.key[1 - dimension];
        const parts = cells.filter((cell) => cell.key[dimension] !== null && others(cell));
        const gone = parts.filter(({ key }) => hidden.has(idOf(key))).length;
        if (hidden.has(idOf(total.key))) expect(gone).toBeGreaterThan(0);
        else expect(gone).not.toBe(1);
      }
  });
});
