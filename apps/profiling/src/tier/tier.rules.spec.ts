import { addDays, type Day, day } from '@app/kernel';
import { fc, test as property } from '@fast-check/jest';

import { tierTerms } from './tier-terms.rules.js';
import { type HeldTitle, nextTier, nextTurn, tierOn, tierSpans } from './tier.rules.js';

const held = (title: string, from: string, to: string | null): HeldTitle => ({
  title,
  validFrom: day(from),
  validTo: to === null ? null : day(to),
  certificate: null,
});
const today = day('2026-11-23');
const always = (title: string) => held(title, '2020-01-01', null);

describe('the tier of a title', () => {
  it.each([
    ['科技型中小企业', 'T1'],
    ['高企培育', 'T2'],
    ['创新型中小企业', 'T2'],
    ['高新技术企业', 'T3'],
    ['瞪羚企业', 'T4'],
    ['专精特新中小企业', 'T4'],
    ['专精特新“小巨人”', 'T4'],
    ['专精特新"小巨人"企业', 'T4'],
    ['独角兽培育', 'T5'],
    ['上市企业', 'T5'],
    ['单项冠军', 'T5'],
    ['文明单位', null],
    ['', null],
  ])('%s stands for %s', (title, tier) => {
    expect(tierOn([always(title)], today).tier).toBe(tier);
  });

  it('stands for one tier only', () => {
    const names = tierTerms.flatMap(({ titles }) => Object.values(titles).flat(2));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an enterprise', () => {
  it.each([
    ['on the first day of its title', [held('高新技术企业', '2026-11-23', '2029-11-22')], 'T3', 'HIGHEST_TITLE'],
    ['on the last day of its title', [held('高新技术企业', '2023-11-24', '2026-11-23')], 'T3', 'HIGHEST_TITLE'],
    ['the day after', [held('高新技术企业', '2023-11-23', '2026-11-22')], null, 'TITLES_EXPIRED'],
    ['the day before', [held('高新技术企业', '2026-11-24', null)], null, 'TITLES_NOT_YET_VALID'],
    ['with several', [always('科技型中小企业'), always('瞪羚企业'), always('高新技术企业')], 'T4', 'HIGHEST_TITLE'],
    [
      'whose highest has expired',
      [held('单项冠军', '2020-01-01', '2022-12-31'), always('高企培育')],
      'T2',
      'HIGHEST_TITLE',
    ],
    ['with titles of no tier', [always('文明单位')], null, 'TITLES_WITHOUT_TIER'],
    ['without any', [], null, 'NO_TITLE'],
  ])('%s', (_, titles, tier, code) => {
    expect(tierOn(titles, today)).toMatchObject({ tier, reason: { code } });
  });

  it('keeps its history, gaps and what is to come', () => {
    const titles = [
      held('科技型中小企业', '2022-03-01', '2022-12-31'),
      held('科技型中小企业', '2024-01-01', '2024-12-31'),
      held('高新技术企业', '2024-06-01', '2027-05-31'),
      held('科技型中小企业', '2025-01-01', '2025-12-31'),
      held('瞪羚企业', '2027-01-01', null),
    ];
    expect(tierSpans(titles).map(({ tier, since, until }) => [tier, since, until])).toEqual([
      ['T1', '2022-03-01', '2022-12-31'],
      ['T1', '2024-01-01', '2024-05-31'],
      ['T3', '2024-06-01', '2026-12-31'],
      ['T4', '2027-01-01', null],
    ]);
    expect(nextTurn(titles, today)).toBe('2027-01-01');
    expect(nextTurn([always('高企')], today)).toBeNull();
  });

  it('is told what the next step takes, up to the top', () => {
    expect(nextTier(null, today)).toMatchObject({ tier: 'T1', anyOf: ['科技型中小企业'] });
    expect(nextTier('T4', today)?.anyOf).toContain('单项冠军');
    expect(nextTier('T5', today)).toBeNull();
  });
});

const days = fc.integer({ min: 0, max: 60 }).map((number) => addDays(day('2026-01-01'), number));
const title: fc.Arbitrary<HeldTitle> = fc.record({
  title: fc.constantFrom('科技型中小企业', '高企培育', '高新技术企业', '瞪羚企业', '文明单位'),
  validFrom: days,
  validTo: fc.option(days, { nil: null }),
  certificate: fc.constant(null),
});

property.prop([fc.array(title, { maxLength: 6 }), days])(
  'history says for each day what the day itself says',
  (titles, on) => {
    const covering = tierSpans(titles).filter(({ since, until }) => since <= on && (until === null || on <= until));
    expect(covering.map(({ tier }) => tier)).toEqual([tierOn(titles, on).tier].filter((tier) => tier !== null));
  },
);

property.prop([fc.array(title, { maxLength: 6 }), days])('nothing changes before the next turn', (titles, on: Day) => {
  const turn = nextTurn(titles, on) ?? day('2026-03-31');
  for (let at = on; at < turn; at = addDays(at, 1)) expect(tierOn(titles, at).tier).toBe(tierOn(titles, on).tier);
});
