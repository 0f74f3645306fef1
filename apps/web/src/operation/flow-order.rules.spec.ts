import { bytesText, needsALook, spanOf, stuckFirst } from './flow-order.rules.js';

const flow = (feed: string, changes: Partial<Parameters<typeof needsALook>[0]> = {}) => ({
  feed,
  state: 'IDLE' as const,
  failedLastWeek: 0,
  backlog: { oldestSeconds: 0 },
  connection: null,
  ...changes,
});

describe('the board of flows', () => {
  it('has what is stuck on top, what waits longest before what waits less, and names at the end', () => {
    const feeds = [
      flow('z'),
      flow('a'),
      flow('failed', { failedLastWeek: 2 }),
      flow('new', { state: 'WAITING', backlog: { oldestSeconds: 5 } }),
      flow('old', { state: 'WAITING', backlog: { oldestSeconds: 50 } }),
      flow('paused', { state: 'PAUSED' }),
      flow('retrying', { state: 'RETRYING' }),
    ];
    expect(stuckFirst(feeds).map(({ feed }) => feed)).toEqual(['retrying', 'paused', 'old', 'new', 'failed', 'a', 'z']);
  });

  it('asks for a look at what rests, fails, waits, or left something out', () => {
    expect(needsALook(flow('quiet'))).toBe(false);
    expect(needsALook(flow('quiet', { connection: { failures: 0, openGaps: 0 } }))).toBe(false);
    expect(needsALook(flow('gap', { connection: { failures: 0, openGaps: 1 } }))).toBe(true);
    expect(needsALook(flow('waits', { state: 'WAITING' }))).toBe(true);
  });
});

it('says spans and sizes as people do', () => {
  expect(spanOf(93_784)).toEqual({ days: 1, hours: 2, minutes: 3 });
  expect([0, 999, 1_000, 1_440_000, 5e15].map(bytesText)).toEqual(['0 B', '999 B', '1.0 kB', '1.4 MB', '5000.0 TB']);
});
