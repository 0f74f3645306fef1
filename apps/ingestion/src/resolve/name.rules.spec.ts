import { resolve } from 'node:path';

import { fc, test } from '@fast-check/jest';

import { readMatching } from './matching.driver.js';
import { isSlip, likeness, nameReaderOf } from './name.rules.js';

const read = nameReaderOf(readMatching(resolve('infra/contracts')).words);
const partsOf = (name: string) => {
  const { region, brand, trade, form, branch } = read(name);
  return [region?.word ?? '', brand, trade, form, branch].join('|');
};

describe('a name', () => {
  it.each([
    ['苏州光能科技有限公司', '苏州|光能|科技|有限公司|'],
    ['苏州市光能科技有限公司', '苏州|光能|科技|有限公司|'],
    ['江苏省苏州市吴中区光能科技有限公司', '吴中|光能|科技|有限公司|'],
    ['苏州工业园区光能纳米科技有限公司', '苏州工业园区|光能|纳米科技|有限公司|'],
    ['光能科技苏州有限公司', '苏州|光能|科技|有限公司|'],
    ['光能生物医药昆山股份有限公司', '昆山|光能|生物医药|股份有限公司|'],
    ['昆山有限公司', '|昆山||有限公司|'],
    ['苏州科技有限公司', '苏州|科技||有限公司|'],
    ['光能', '|光能|||'],
    ['上海光能科技有限公司苏州分公司', '上海|光能|科技|有限公司|苏州分公司'],
    ['苏州光能科技', '苏州|光能|科技||'],
  ])('%s is taken apart as %s', (name, parts) => {
    expect(partsOf(name)).toBe(parts);
  });

  test.prop([fc.string({ unit: fc.constantFrom(...Array.from('苏州市昆山光能科技有限公司分一二A1')), maxLength: 30 })])(
    'loses nothing but places when it is taken apart, whatever it is',
    (name) => {
      const { brand, trade, form, branch } = read(name);
      expect(name.endsWith(branch)).toBe(true);
      expect(name.includes(`${brand}${trade}`)).toBe(true);
      expect(name.slice(0, name.length - branch.length).endsWith(form)).toBe(true);
    },
  );

  test.prop([
    fc.string({ unit: fc.constantFrom(...Array.from('光能晶科')), minLength: 2, maxLength: 6 }),
    fc.nat(),
    fc.constantFrom('新', ''),
  ])('that differs by one letter is a slip, both ways round', (name, place, letter) => {
    const other = Array.from(name)
      .toSpliced(place % name.length, 1, letter)
      .join('');
    expect(isSlip(name, other)).toBe(name !== other);
    expect(isSlip(other, name)).toBe(name !== other);
  });

  test.prop([
    fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙丁')), maxLength: 8 }),
    fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙丁')), maxLength: 8 }),
  ])('is as like another as the other is like it, between nothing and all', (one, other) => {
    expect(likeness(one, other)).toBe(likeness(other, one));
    expect(likeness(one, other)).toBeGreaterThanOrEqual(0);
    expect(likeness(one, other)).toBeLessThanOrEqual(1);
    expect(likeness(one, one)).toBe(1);
  });
});
