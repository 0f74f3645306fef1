import { fc, test } from '@fast-check/jest';

import { backOffOf, registrationLimits, signInLimits } from '../identity.config.js';
import { networkOf, waitSeconds } from './back-off.rules.js';

const limits = backOffOf(signInLimits);
const at = new Date('2026-11-23T02:00:00Z');
const after = (seconds: number) => new Date(at.getTime() + seconds * 1_000);
const wait = (failures: number, seconds = 0) => waitSeconds({ failures, lastFailedAt: at }, after(seconds), limits);

describe('back-off', () => {
  it('costs nothing for the first failures, then doubles up to a quarter of an hour', () => {
    expect([1, 4, 5, 6, 7, 11, 12, 1_000].map((failures) => wait(failures))).toEqual([0, 0, 10, 20, 40, 640, 900, 900]);
  });

  it('runs down second by second and is forgotten after a day', () => {
    expect([0, 1, 9.5, 10, 11].map((seconds) => wait(5, seconds))).toEqual([10, 9, 1, 0, 0]);
    expect(wait(1_000, 86_400)).toBe(0);
  });

  test.prop([fc.nat(10_000), fc.integer({ min: -100_000, max: 200_000 })])(
    'never keeps anybody longer than the longest wait, whatever the clock does',
    (failures, seconds) => {
      const left = wait(failures, seconds);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(limits.waitSecondsMax);
    },
  );

  test.prop([fc.nat(200), fc.nat(1_000)])('one more failure never shortens the wait', (failures, seconds) => {
    expect(wait(failures + 1, seconds)).toBeGreaterThanOrEqual(wait(failures, seconds));
  });

  it('has limits that say since when and why', () => {
    for (const limit of [...Object.values(signInLimits), ...Object.values(registrationLimits)]) {
      expect(limit.from).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(limit.reason.length).toBeGreaterThan(10);
    }
  });
});

describe('a caller’s network', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::5', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
