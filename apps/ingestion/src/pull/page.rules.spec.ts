import { holeBefore, pageOfAnswer, waitMs } from './page.rules.js';

const page = { items: [{ a: '1' }], cursor: 'c', next: null, asOf: '2026-01-01', more: 1 };
const read = { items: [{ a: '1' }], cursor: 'c', next: null, asOf: '2026-01-01', sequence: null, complete: null };

describe('asking a source', () => {
  it('waits as long as the source says, else twice as long each time, never more than half a minute', () => {
    expect(waitMs(1, '3')).toBe(3_000);
    expect(waitMs(1, 'Wed, 21 Oct 2026 07:28:00 GMT')).toBe(250);
    expect([1, 2, 3, 12].map((tries) => waitMs(tries, null))).toEqual([250, 500, 1_000, 30_000]);
  });

  it('reads the day and time that a source wants to be left alone until', () => {
    const nowMs = Date.parse('2026-10-21T07:27:00Z');
    expect(waitMs(1, 'Wed, 21 Oct 2026 07:28:00 GMT', { nowMs })).toBe(60_000);
    expect(waitMs(2, 'soon', { nowMs })).toBe(500);
  });

  it('spreads those who were refused together, but keeps to what the source said', () => {
    expect(waitMs(3, null, { jitter: 0.5 })).toBe(1_250);
    expect(waitMs(12, null, { jitter: 1 })).toBe(45_000);
    expect(waitMs(1, '3', { jitter: 1 })).toBe(3_000);
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

  it('reads a page, and none that says it is of another feed', () => {
    expect(pageOfAnswer(page)).toEqual(read);
    expect(pageOfAnswer({ ...page, feed: 'tax.vat-return' }, 'tax.vat-return')).toEqual(read);
    expect(pageOfAnswer({ ...page, feed: 'tax.arrears' }, 'tax.vat-return')).toBeUndefined();
  });

  it('sees what is missing between two pages, and nothing where pages overlap or are not numbered', () => {
    const numbered = (from: number, to: number) => pageOfAnswer({ ...page, sequence: { from, to } })!;
    expect(holeBefore(numbered(8, 9), '5')).toEqual({ from: '6', to: '7' });
    expect(holeBefore(numbered(6, 9), '5')).toBeUndefined();
    expect(holeBefore(numbered(3, 9), '5')).toBeUndefined();
    expect(holeBefore(numbered(8, 9), null)).toBeUndefined();
    expect(holeBefore(pageOfAnswer(page)!, '5')).toBeUndefined();
    expect(pageOfAnswer({ ...page, sequence: { from: 9, to: 8 } })!.sequence).toBeNull();
  });
});
