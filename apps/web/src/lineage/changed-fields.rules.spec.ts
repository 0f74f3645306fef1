import { changedFields } from './changed-fields.rules.js';
import { recordPath, reportPath, scorePath } from './lineage-path.rules.js';

describe('what a version changed', () => {
  const order = ['year', 'staff', 'names'];

  it('is everything that is known, for a first version', () => {
    expect(changedFields(order, { staff: 7, year: '2025', names: null })).toEqual([
      { name: 'year', before: null, after: '2025' },
      { name: 'staff', before: null, after: 7 },
    ]);
  });

  it('is what differs, lists by their parts, and what came or went', () => {
    const before = { year: '2025', staff: 7, names: ['a'], gone: 'x' };
    expect(changedFields(order, { year: '2025', staff: 8, names: ['a'], extra: 1 }, before)).toEqual([
      { name: 'staff', before: 7, after: 8 },
      { name: 'gone', before: 'x', after: null },
      { name: 'extra', before: null, after: 1 },
    ]);
  });
});

it('addresses of lineage hold keys of any letters', () => {
  expect(recordPath('tech.staff', '沪A&1', 2)).toBe('/lineage?feed=tech.staff&key=%E6%B2%AAA%261&version=2');
  expect(scorePath('91320505MA1', { code: 'RD_STAFF' })).toBe('/lineage?uscc=91320505MA1&code=RD_STAFF');
  expect(reportPath('q')).toBe('/lineage?report=q');
});
