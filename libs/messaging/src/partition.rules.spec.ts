import { fc, test } from '@fast-check/jest';

import { partitionOf, partitionsPerTopic } from './partition.rules.js';

describe('the lane of a key', () => {
  // Written down on purpose: another answer for an old key would let two lanes hold its events at once.
  it.each([
    ['91320505MA1MG1HW9X', 6],
    ['need-1', 14],
    ['苏州', 7],
  ])('of %s is %i for ever', (key, lane) => expect(partitionOf(key)).toBe(lane));

  test.prop([fc.string()])('is one of the lanes for any text', (key) => {
    const lane = partitionOf(key);
    expect(Number.isInteger(lane) && lane >= 0 && lane < partitionsPerTopic).toBe(true);
  });

  it('spreads codes that differ in a few digits evenly', () => {
    const sizes = Array.from({ length: partitionsPerTopic }, () => 0);
    for (let serial = 0; serial < 16_000; serial++)
      sizes[partitionOf(`91320505MA${serial.toString().padStart(8, '0')}`)]! += 1;
    expect(Math.min(...sizes)).toBeGreaterThan(800);
    expect(Math.max(...sizes)).toBeLessThan(1_200);
  });
});
