import { fc, it as property } from '@fast-check/jest';

import { crossingsOf, type Usage } from './headroom.rules.js';

const usage = (used: bigint, limit: bigint): Usage => ({
  subject: 'INSTITUTION',
  subjectId: 'b',
  what: 'maxOpenGrabsPerInstitution',
  used,
  limit,
  limitVersion: 1,
});
const crossed = (used: bigint, limit: bigint) =>
  crossingsOf(usage(used, limit), [8_000, 9_500]).map(({ thresholdBp }) => thresholdBp);

it('crosses a threshold exactly where it is reached', () => {
  expect([crossed(39n, 50n), crossed(40n, 50n), crossed(47n, 50n), crossed(48n, 50n)]).toEqual([
    [],
    [8_000],
    [8_000],
    [8_000, 9_500],
  ]);
  expect(crossed(5n, 0n)).toEqual([]);
});

property.prop([fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 15n })])(
  'stays crossed when more is used',
  (used, limit) => {
    expect(crossed(used + 1n, limit)).toEqual(expect.arrayContaining(crossed(used, limit)));
  },
);
