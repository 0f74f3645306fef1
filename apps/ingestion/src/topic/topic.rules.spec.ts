import fc from 'fast-check';

import { type Gathering, gathered, isDue, isFull, referenceOf } from './gathering.rules.js';
import { type KeptMessage, lineOfMessage, placeOfMessage } from './topic-line.rules.js';

const place = { topic: 'hr.changes', partition: 3 };

describe('a message as it is kept', () => {
  it('comes back byte by byte, whatever it is, in one line that is no longer than a line may be', () => {
    fc.assert(
      fc.property(
        fc.option(fc.uint8Array({ maxLength: 2_000 })),
        fc.bigInt({ min: 0n, max: 1n << 60n }),
        (body, offset) => {
          const value = body === null ? null : Buffer.from(body);
          const line = lineOfMessage(place, { offset, value });
          const kept = JSON.parse(line) as KeptMessage;
          expect(line).not.toContain('\n');
          expect(placeOfMessage(kept)).toBe(`hr.changes[3]@${offset}`);
          const back = kept.value === undefined ? Buffer.from(kept.base64 ?? '', 'base64') : Buffer.from(kept.value);
          // A byte order mark is no part of a text.
          expect(back.toString('hex')).toBe((value ?? Buffer.alloc(0)).toString('hex').replace(/^efbbbf/, ''));
        },
      ),
    );
  });

  it.each([
    ['text', Buffer.from('\u0001'.repeat(400_000))],
    ['bytes', Buffer.alloc(400_000, 0xff)],
  ])('is cut where it is longer, and says so: %s', (_kind, value) => {
    const line = lineOfMessage(place, { offset: 7n, value });
    expect(line.length).toBeLessThan(10_000);
    expect(JSON.parse(line)).toMatchObject({ offset: '7', cut: true });
  });
});

describe('messages that wait to become a batch', () => {
  const of = (count: number, bytes = 10): Gathering => {
    let all: Gathering | undefined;
    for (let at = 0; at < count; at += 1)
      all = gathered(all, { offset: BigInt(40 + at * 2), line: 'x'.repeat(bytes) }, 1_000 + at);
    return all!;
  };
  const limits = { rows: 5, seconds: 30 };

  it('are enough by their number, their size, or the time that the first has waited', () => {
    expect([4, 5].map((count) => isFull(of(count), limits))).toEqual([false, true]);
    expect(isFull(of(2, 2_000_000), limits)).toBe(true);
    expect([30_999, 31_000].map((now) => isDue(of(3), limits, now))).toEqual([false, true]);
  });

  it('are named by the first of them, and go on behind the last, holes or not', () => {
    expect(of(3)).toMatchObject({ first: 40n, next: 45n });
    expect(referenceOf('hr.changes', 3, 40n)).toBe('topic-hr.changes-3-40');
    expect(referenceOf('x'.repeat(249), 99, 1n << 62n).length).toBeLessThanOrEqual(200);
  });
});
