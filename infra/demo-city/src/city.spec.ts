import { checkUscc, day } from '@app/kernel';

import { generateCity } from './city.js';
import { districts } from './districts.js';
import { institutions } from './institutions.js';
import { demoPeople, plainEnterprise, strongEnterprise } from './people.js';
import { tierCounts } from './tier.js';
import { tierOn } from './title.js';

const today = day('2026-03-10');
const city = generateCity({ enterprises: 1_000, months: 24, today, seed: 'spec' });

describe('the city', () => {
  it('comes out the same from the same seed and different from another', () => {
    const small = (seed: string) => generateCity({ enterprises: 60, months: 12, today, seed });
    expect(small('one')).toEqual(small('one'));
    expect(small('one').enterprises.map((one) => one.name)).not.toEqual(
      small('two').enterprises.map((one) => one.name),
    );
  });

  it('gives every firm a valid code and a name of its own', () => {
    for (const { uscc } of city.enterprises) {
      expect(checkUscc(uscc)).toMatchObject({ valid: true, organisationCheckDigit: true });
    }
    expect(new Set(city.enterprises.map((one) => one.uscc)).size).toBe(1_000);
    expect(new Set(city.enterprises.map((one) => one.name)).size).toBe(1_000);
  });

  it('settles firms in every district and codes them as registered, history included', () => {
    const found = new Set(city.enterprises.map((one) => one.district.code));
    expect([...found].toSorted()).toEqual(districts.map((one) => one.code));
    expect(city.enterprises.some((one) => one.uscc.slice(2, 8) === '320584')).toBe(true);
  });

  it('builds the pyramid from titles that are valid today', () => {
    const counts = [0, 0, 0, 0, 0, 0];
    for (const one of city.enterprises) {
      const tier = tierOn(one.titles, today);
      expect(tier).toBe(one.tier);
      counts[tier] = (counts[tier] ?? 0) + 1;
    }
    expect(counts).toEqual([450, 280, 120, 100, 40, 10]);
    const expired = city.enterprises.flatMap((one) => one.titles).filter((title) => title.validTo < today);
    expect(expired.length).toBeGreaterThan(50);
  });

  it('keeps one firm of every tier in a small city', () => {
    expect(tierCounts(12)).toEqual([2, 3, 1, 1, 1, 1].map((count, tier) => (tier === 0 ? 12 - 3 - 4 : count)));
    expect(tierCounts(2_000)).toEqual([900, 560, 240, 200, 80, 20]);
  });

  it('lets figures agree: R&D staff within staff, sales of months within the year, no title before founding', () => {
    for (const one of city.enterprises) {
      for (const year of one.books.years) {
        const sum = one.books.salesYuan
          .filter((_, index) => city.calendar.bookMonths[index]?.startsWith(`${year.year}-`))
          .reduce((total, sales) => total + sales, 0);
        expect(year.rdStaff).toBeLessThanOrEqual(year.employees);
        expect(Math.abs(sum - year.revenueYuan)).toBeLessThan(1);
      }
      for (const title of one.titles) expect(title.validFrom >= one.establishedOn).toBe(true);
    }
  });

  it('has better research the higher the tier', () => {
    const share = (tier: number) => {
      const years = city.enterprises.filter((one) => one.tier === tier).flatMap((one) => one.books.years);
      return years.reduce((sum, year) => sum + year.rdStaff / year.employees, 0) / years.length;
    };
    expect(share(0)).toBeLessThan(share(1));
    expect(share(1)).toBeLessThan(share(3));
    expect(share(3)).toBeLessThan(share(5));
  });
});

describe('people and institutions', () => {
  it('has twenty institutions with two account managers each, none with a login twice', () => {
    const logins = [...institutions.flatMap((one) => one.managers.map((manager) => manager.login)), 'bank-jinji-admin'];
    expect(institutions).toHaveLength(20);
    expect(institutions.every((one) => one.managers.length === 2 && one.products.length > 0)).toBe(true);
    expect(new Set(logins).size).toBe(41);
    expect(new Set(institutions.map((one) => one.code)).size).toBe(20);
    expect(institutions.every((one) => /^[A-Z0-9-]{2,32}$/.test(one.code))).toBe(true);
    expect(logins.every((login) => /^[a-z-]{3,40}$/.test(login))).toBe(true);
  });

  it('gives passwords to few: both operators, a regulator, two sources, two enterprises, three managers, an admin', () => {
    expect(demoPeople(city).map((one) => `${one.role} ${one.login}`)).toEqual([
      'operator operator',
      'operator operator2',
      'regulator regulator',
      'source source-tax',
      'source source-registry',
      'account-manager bank-jinji-zhang',
      'account-manager bank-dushu-wang',
      'account-manager bank-shantang-zhao',
      'institution-admin bank-jinji-admin',
      'enterprise finance-star',
      'enterprise finance-plain',
    ]);
  });

  it('chooses a strong T3 firm and a living one without a tier', () => {
    const strong = strongEnterprise(city);
    const year = strong.books.years.at(-1);
    expect(strong.tier).toBe(3);
    expect((year?.rdStaff ?? 0) / (year?.employees ?? 1)).toBeGreaterThanOrEqual(0.3);
    expect((year?.rdExpenseYuan ?? 0) / (year?.revenueYuan ?? 1)).toBeGreaterThanOrEqual(0.06);
    expect(plainEnterprise(city)).toMatchObject({ tier: 0, status: '存续', distressed: false });
  });
});
