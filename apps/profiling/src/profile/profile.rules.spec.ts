import { day } from '@app/kernel';
import { fc, test as property } from '@fast-check/jest';

import { record, registry, right, run } from '../../test/records-of-one.js';
import { inputHash, profileHash, type ProfileInputs, profileOf, reviewDay } from './profile.rules.js';

describe('a profile', () => {
  const records = [
    registry(),
    record('tax.income-return', {
      year: 2025,
      revenue: '3000000000',
      total_cost: '2500000000',
      rd_expense: '180000000',
      profit: '1',
    }),
    record('tech.staff', { year: 2025, staff: 90, rd_staff: 30 }),
    record('tech.title', { title: '高新技术企业', valid_from: '2024-12-01', valid_to: '2027-11-30' }),
    right('发明专利'),
    right('实用新型'),
  ];

  property.prop([fc.shuffledSubarray(records, { minLength: records.length })])(
    'does not depend on the order of records, and comes out of its stored inputs to the bit',
    (shuffled) => {
      const { inputs, profile } = run(shuffled);
      const stored = JSON.parse(JSON.stringify(inputs)) as ProfileInputs;
      expect(profileHash(profileOf(stored))).toBe(profileHash(run(records).profile));
      expect(profile.portrait.score).toBeGreaterThan(500);
    },
  );

  it('is another one when a version of a record is', () => {
    const changed = records.map((one) => (one.feed === 'tech.staff' ? { ...one, version: 2 } : one));
    expect(inputHash(run(changed).inputs)).not.toBe(inputHash(run(records).inputs));
  });

  it('has the same facts on another day of the month', () => {
    expect(inputHash(run(records, day('2026-11-21')).inputs)).toBe(inputHash(run(records, day('2026-11-22')).inputs));
  });

  it('is looked at again when a title turns, or else next month', () => {
    expect(reviewDay(run(records).inputs)).toBe('2026-12-01');
    const ending = record('tech.title', { title: '瞪羚企业', valid_from: '2024-12-01', valid_to: '2026-11-25' });
    expect(reviewDay(run([...records, ending]).inputs)).toBe('2026-11-26');
  });

  it('knows no model that never was', () => {
    expect(() => profileOf({ ...run(records).inputs, modelVersion: '1999x' })).toThrow(RangeError);
  });

  property.prop([
    fc.array(
      fc.record({
        feed: fc.constantFrom('registry.enterprise', 'tax.income-return', 'ip.right', 'tech.title', 'utility.usage'),
        fields: fc.dictionary(
          fc.constantFrom('name', 'year', 'revenue', 'status', 'kind', 'valid_from', 'granted_on', 'arrears', 'month'),
          fc.anything(),
        ),
      }),
      { maxLength: 8 },
    ),
  ])('can be drawn from whatever a source sends', (odd) => {
    expect(() => run(odd.map(({ feed, fields }) => record(feed, fields)))).not.toThrow();
  });
});
