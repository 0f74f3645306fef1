import { fc, it as property } from '@fast-check/jest';

import { worstFirst, worstPlace } from './worst-first.rules.js';

const nameOf = ({ name }: { name: string }) => name;

describe('a list of scores', () => {
  it('has the worst first, and what nobody measured last', () => {
    const items = [
      { name: 'b', scoreBp: null },
      { name: 'c', scoreBp: 9_000 },
      { name: 'a', scoreBp: null },
      { name: 'd', scoreBp: 0 },
      { name: 'e', scoreBp: 9_000 },
    ];
    expect(worstFirst(items, nameOf).map(nameOf)).toEqual(['d', 'c', 'e', 'a', 'b']);
  });

  property.prop([
    fc.uniqueArray(fc.record({ name: fc.string(), scoreBp: fc.option(fc.integer({ min: 0, max: 10_000 })) }), {
      selector: nameOf,
    }),
    fc.integer({ min: 1, max: 3 }),
  ])('goes on where a page ended, with nothing twice and nothing left out', (items, size) => {
    const read: typeof items = [];
    let after: readonly unknown[] | undefined;
    do {
      const page = worstFirst(items, nameOf, after).slice(0, size);
      read.push(...page);
      const last = page.at(-1);
      after = last && worstPlace(last, last.name);
    } while (after !== undefined);
    expect(read).toEqual(worstFirst(items, nameOf));
    expect(read).toHaveLength(items.length);
  });
});
