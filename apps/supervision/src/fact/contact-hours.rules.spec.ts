import { fc, test } from '@fast-check/jest';

import { beyondEdges, bucketOf, contactHourEdges, medianEdge } from './contact-hours.rules.js';

const bucketsOf = (seconds: readonly number[]): Map<string, bigint> => {
  const buckets = new Map<string, bigint>();
  for (const one of seconds) buckets.set(bucketOf(one), (buckets.get(bucketOf(one)) ?? 0n) + 1n);
  return buckets;
};

describe('hours to first contact', () => {
  it('belong to the bucket whose edge they do not pass', () => {
    expect([0, 1_800, 1_801, 3_600, 86_400, 864_000, 864_001].map(bucketOf)).toEqual([
      '0.5',
      '0.5',
      '1',
      '1',
      '24',
      '240',
      beyondEdges,
    ]);
  });

  it('have no median when nobody was contacted, and none to name when most took longer than any edge', () => {
    expect(medianEdge(new Map())).toBeNull();
    expect(medianEdge(bucketsOf([10, 9_000_000, 9_000_000]))).toBeNull();
  });

  test.prop([fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 })])(
    'have a median edge within which half of them lie, and no smaller edge has that',
    (seconds) => {
      const edge = medianEdge(bucketsOf(seconds));
      const within = (hours: number) => seconds.filter((one) => one <= hours * 3_600).length * 2 >= seconds.length;
      expect(edge).toBe(contactHourEdges.find(within)?.toString() ?? null);
    },
  );
});
