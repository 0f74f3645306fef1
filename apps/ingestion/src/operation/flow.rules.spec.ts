import fc from 'fast-check';

import { type Flow, flowStateOf, togetherOf } from './flow.rules.js';

describe('the state of a feed', () => {
  it.each([
    [
      'an operator’s pause goes before everything',
      { paused: true, working: true, retrying: true, batches: 3 },
      'PAUSED',
    ],
    ['nothing in line', { paused: false, working: true, retrying: false, batches: 0 }, 'IDLE'],
    ['the first in line failed', { paused: false, working: true, retrying: true, batches: 1 }, 'RETRYING'],
    ['somebody is at it', { paused: false, working: true, retrying: false, batches: 1 }, 'WORKING'],
    ['nobody is at it yet', { paused: false, working: false, retrying: false, batches: 1 }, 'WAITING'],
  ])('%s', (_why, facts, state) => {
    expect(flowStateOf(facts)).toBe(state);
  });
});

const flow = fc.record({
  backlog: fc
    .record({ batches: fc.nat(50), bytes: fc.nat(1e6), oldest: fc.nat(1e6) })
    .map(({ batches, bytes, oldest }) => ({
      batches,
      bytes,
      oldestReceivedAt: batches === 0 ? null : new Date(1_790_000_000_000 - oldest * 1_000).toISOString(),
      oldestSeconds: batches === 0 ? 0 : oldest,
    })),
  throughput: fc.record({ lastMinute: fc.nat(100), lastHour: fc.nat(1_000), lastDay: fc.nat(10_000) }),
  failedLastWeek: fc.nat(5),
});

describe('several feeds together', () => {
  it('are the same in any grouping, and as late as the latest of them', () => {
    fc.assert(
      fc.property(fc.array(flow), fc.array(flow), (some, others) => {
        const whole = togetherOf([...some, ...others]);
        expect(togetherOf([togetherOf(some), togetherOf(others)])).toEqual(whole);
        const late = [...some, ...others].map(({ backlog }: Flow) => backlog.oldestSeconds);
        expect(whole.backlog.oldestSeconds).toBe(Math.max(0, ...late));
      }),
    );
  });
});
