import { pageOfAnswer, waitMs } from './connector.rules.js';

describe('asking a source', () => {
  it('waits as long as the source says, else twice as long each time, never more than half a minute', () => {
    expect(waitMs(1, '3')).toBe(3_000);
    expect(waitMs(1, 'Wed, 21 Oct 2026 07:28:00 GMT')).toBe(250);
    expect([1, 2, 3, 12].map((tries) => waitMs(tries, null))).toEqual([250, 500, 1_000, 30_000]);
  });

  it.each([
    null,
    [],
    {},
    { items: [] },
    { items: ['x'], cursor: 'c', next: null },
    { items: [], cursor: 1, next: null },
  ])('takes %j for no page', (answer) => {
    expect(pageOfAnswer(answer)).toBeUndefined();
  });

  it('reads a page', () => {
    expect(pageOfAnswer({ items: [{ a: '1' }], cursor: 'c', next: null, asOf: '2026-01-01', more: 1 })).toEqual({
      items: [{ a: '1' }],
      cursor: 'c',
      next: null,
      asOf: '2026-01-01',
    });
  });
});
