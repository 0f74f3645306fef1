import { yuan } from '@app/kernel';

import { belowGranted, freshlyBelow, nothingGranted } from './granted.rules.js';
import { LimitBook } from './limit-book.rules.js';
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

describe('a change of limits against what is granted', () => {
  const off = change('placesLimited', false, '2026-11-01T00:00:00Z', 201);
  const on = change('placesLimited', true, '2026-12-01T00:00:00Z', 202);
  const granted = [{ ...nothingGranted, grabsPerNeed: 8 }];
  const below = (standing: ApprovedValue[], next: ApprovedValue) =>
    freshlyBelow(new LimitBook(standing), new LimitBook([...standing, next]), next.effectiveFrom, granted);

  it('is looked at again when a switch that is planned for later meets it', () => {
    const ample = change('maxGrabsPerNeed', 8, '2026-11-01T00:00:00Z', 203);
    const low = change('maxGrabsPerNeed', 1, '2026-11-20T00:00:00Z', 300);
    expect(below([...sane, ample, off], low)).toEqual([]);
    expect(below([...sane, ample, off, on], low)).toEqual([{ what: 'maxGrabsPerNeed', limit: 1, granted: 8 }]);
  });

  it('is not to blame for what lies below without it', () => {
    const other = change('maxOpenGrabsPerManager', 9, '2026-11-20T00:00:00Z', 300);
    expect(below([...sane, off, on], other)).toEqual([]);
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
