import fc from 'fast-check';

import type { Stretch } from '../source/source-reader.rules.js';
import { remainderOf } from './gap.rules.js';

const stretch = (from: number, to: number): Stretch => ({ kind: 'SEQUENCE', from: String(from), to: String(to) });

describe('a gap', () => {
  it('is what is missing, whatever came of it in whatever order', () => {
    const piece = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const missing = new Set(Array.from({ length: 20 }, (_, at) => at + 10));
        let gaps = [stretch(10, 29)];
        for (const [from, more] of pieces) {
          gaps = gaps.flatMap((gap) => remainderOf(gap, stretch(from, from + more)));
          for (let at = from; at <= from + more; at += 1) missing.delete(at);
        }
        const told = gaps.flatMap(({ from, to }) =>
          Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at),
        );
        expect(told).toEqual([...missing]);
      }),
    );
  });

  it('of a day is filled by that day alone', () => {
    const day = (text: string) => ({ kind: 'DAY' as const, from: text, to: text });
    expect(remainderOf(day('2026-11-02'), day('2026-11-02'))).toEqual([]);
    expect(remainderOf(day('2026-11-02'), day('2026-11-03'))).toEqual([day('2026-11-02')]);
  });
});
