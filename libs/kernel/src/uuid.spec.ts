import { must, never } from './assert.js';
import { FixedClock } from './clock.js';
import { uuidv7 } from './uuid.js';
import { verdictOf } from './verdict.js';

describe('an id', () => {
  it('has the shape of version 7 and the time in front', () => {
    const id = uuidv7(new Date(0x0199_0000_0001));
    expect(id).toMatch(/^01990000-0001-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by time, and within a millisecond by order of making', () => {
    const clock = new FixedClock('2025-07-01T00:00:00Z');
    const ids = Array.from({ length: 5_000 }, (_, index) => {
      if (index % 1_000 === 0) clock.advance(1);
      return uuidv7(clock.now());
    });
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(5_000);
  });

  it('can be made for the past', () => {
    const later = uuidv7(new Date('2025-07-01'));
    expect(uuidv7(new Date('2024-07-01')) < later).toBe(true);
  });

  it.each([new Date(-1), new Date(Number.NaN)])('is refused for %p', (at) => {
    expect(() => uuidv7(at)).toThrow(RangeError);
  });
});

describe('a clock that stands', () => {
  it('moves only when told', () => {
    const clock = new FixedClock('2025-07-01T00:00:00Z');
    clock.now().setFullYear(1999);
    clock.advance(1_500);
    expect(clock.now().toISOString()).toBe('2025-07-01T00:00:01.500Z');
    clock.set('2024-01-01T00:00:00+08:00');
    expect(clock.today()).toBe('2024-01-01');
    expect(() => clock.set('soon')).toThrow(RangeError);
  });
});

describe('a promise of our own code', () => {
  it('gives the value or breaks loudly', () => {
    expect(must(0, 'a number')).toBe(0);
    expect(() => must<string | undefined>(undefined, 'no head for this record')).toThrow('no head for this record');
    expect(() => never('PAUSED' as never)).toThrow('PAUSED');
  });
});

it('gives a verdict from the reasons against', () => {
  const young = { code: 'TOO_YOUNG', zh: '成立不满一年', en: 'younger than a year' };
  expect(verdictOf([false, young])).toEqual({ eligible: false, reasons: [young] });
  expect(verdictOf([false])).toEqual({ eligible: true, reasons: [] });
});
