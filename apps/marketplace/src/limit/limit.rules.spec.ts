import { yuan } from '@app/kernel';

import { belowGranted } from './granted.rules.js';
import {
  type ApprovedValue,
  faultOfValue,
  intendedMaxOf,
  parameterNames,
  parameters,
  placesOf,
  policyAt,
} from './limit.rules.js';

const at = (text: string) => new Date(text);
const first: ApprovedValue[] = parameterNames.map((what, index) => ({
  what,
  value: parameters[what].kind === 'flag' ? true : parameters[what].kind === 'fen' ? '500' : 30_000,
  effectiveFrom: at('2015-01-01T00:00:00Z'),
  version: index + 1,
}));
// 30 000 is out of bounds for many: the ones that matter here are set.
const sane = first.map((one) =>
  faultOfValue(one.what as never, one.value) === undefined ? one : { ...one, value: 5 },
);
const change = (what: string, value: unknown, effectiveFrom: string, version: number): ApprovedValue => ({
  what,
  value,
  effectiveFrom: at(effectiveFrom),
  version,
});
const changes = [
  ...sane,
  change('maxGrabsPerNeed', 7, '2026-11-23T00:00:00Z', 102),
  change('maxGrabsPerNeed', 9, '2026-11-20T00:00:00Z', 103),
  change('placesLimited', false, '2026-12-01T00:00:00Z', 101),
];

describe('the limits in force', () => {
  it('follow the day on which each takes effect, not the order of approval', () => {
    expect(policyAt(changes, at('2026-11-21T00:00:00Z'))).toMatchObject({ maxGrabsPerNeed: 9, version: 103 });
    expect(policyAt(changes, at('2026-11-23T00:00:00Z'))).toMatchObject({ maxGrabsPerNeed: 7, version: 102 });
    expect(policyAt(changes, at('2026-12-02T00:00:00Z'))).toMatchObject({ placesLimited: false, version: 101 });
  });

  it('are an error of ours when one was never set', () => {
    expect(() => policyAt(sane.slice(1), at('2026-11-21T00:00:00Z'))).toThrow(/placesLimited/);
  });

  it('switch each reading of 限额 off by itself', () => {
    const on = policyAt(sane, at('2026-01-01T00:00:00Z'));
    expect(placesOf(on)).toBe(on.maxGrabsPerNeed);
    expect(placesOf({ ...on, placesLimited: false })).toBeNull();
    expect(intendedMaxOf({ ...on, overSubscriptionBp: 15_000 }, yuan(3))).toBe(450n);
    expect(intendedMaxOf({ ...on, amountLimited: false }, yuan(3))).toBeNull();
  });

  it('never lie below what is granted, where they are switched on', () => {
    const policy = { ...policyAt(sane, at('2026-01-01T00:00:00Z')), maxGrabsPerNeed: 3 };
    const granted = { grabsPerNeed: 4, subscriptionBp: 0, openPerInstitution: 0, openPerManager: 0 };
    expect(belowGranted(policy, granted)).toEqual([{ what: 'maxGrabsPerNeed', limit: 3, granted: 4 }]);
    expect(belowGranted({ ...policy, placesLimited: false }, granted)).toEqual([]);
    expect(belowGranted(policy, { ...granted, grabsPerNeed: 3 })).toEqual([]);
  });
});

describe('values of a limit', () => {
  const table: [string, unknown, boolean][] = [
    ['placesLimited', true, true],
    ['placesLimited', 1, false],
    ['maxGrabsPerNeed', 5, true],
    ['maxGrabsPerNeed', 0, false],
    ['maxGrabsPerNeed', 5.5, false],
    ['maxGrabsPerNeed', '5', false],
    ['smallNeedMaxFen', '500000000', true],
    ['smallNeedMaxFen', 500_000_000, false],
    ['smallNeedMaxFen', '-1', false],
  ];
  it.each(table)('%s may be %p: %p', (what, value, fits) => {
    expect(faultOfValue(what as never, value) === undefined).toBe(fits);
  });
});
