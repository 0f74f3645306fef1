import fc from 'fast-check';

import { KeyFilter } from './key-filter.rules.js';
import { KeyTable } from './key-table.rules.js';

/** One that gives way to a small filter as soon as its first places are taken. */
const smallTable = (bits: number) => new KeyTable(1 << 16, () => new KeyFilter(bits));
const places = 1 << 16;

describe('which keys come more than once', () => {
  it('is known of every key that does, also when there are too many to hold', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { minLength: 1, maxLength: 300 }), (twice) => {
        const table = smallTable(20);
        for (let at = 0; at < places; at += 1) table.add(`K-${at}`);
        for (const at of twice) table.add(`K-${at}`);
        for (const at of twice) table.add(`K-${at}`);
        expect(twice.every((at) => table.isRepeated(`K-${at}`))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('is kept of keys that came twice before there were too many', () => {
    const table = smallTable(22);
    table.add('early');
    table.add('early');
    for (let at = 0; at < places; at += 1) table.add(`K-${at}`);
    expect(table.isRepeated('early')).toBe(true);
  });

  it('is said by mistake of few of the others', () => {
    const table = smallTable(22);
    // As full as the real one is with 25 million keys.
    for (let at = 0; at < 100_000; at += 1) table.add(`K-${at}`);
    const wrong = Array.from({ length: 100_000 }, (_, at) => table.isRepeated(`K-${at}`)).filter(Boolean).length;
    expect(wrong).toBeLessThan(500);
    expect(table.isRepeated('never seen')).toBe(false);
  });
});
