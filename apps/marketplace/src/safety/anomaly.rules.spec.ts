import { fc, test } from '@fast-check/jest';

import {
  alternation,
  anomalies,
  equalOffers,
  fastGrabs,
  type GrabTrace,
  hoarding,
  type OfferTrace,
} from './anomaly.rules.js';
import { assetText, coarseBandOf, needTexts, purposeClassOf } from './mark.rules.js';
import type { SafetyScheme } from './safety-scheme.rules.js';

const scheme: SafetyScheme = {
  duplicateDays: 30,
  windowDays: 30,
  fastSeconds: 3,
  fastTimes: 3,
  hoardingGrabs: 4,
  hoardingContactBp: 5_000,
  alternationMinutes: 30,
  alternationTimes: 4,
  equalOfferNeeds: 3,
  equalOfferBp: 8_000,
  pledgesPerCase: 20,
  pledgesPerDay: 100,
};
const now = new Date('2026-11-23T02:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
let serial = 0;
const grab = (more: Partial<GrabTrace> = {}): GrabTrace => {
  serial += 1;
  return {
    grabId: `g${serial}`,
    needId: `n${serial}`,
    institutionCode: 'A',
    managerId: 'm',
    openedAt: now,
    grabbedAt: after(60),
    contactBy: after(-60),
    contactedAt: after(-120),
    leftAt: null,
    ...more,
  };
};
const many = (count: number, more: Partial<GrabTrace>) => Array.from({ length: count }, () => grab(more));

describe('grabs that no person made', () => {
  it('are fast and repeated by one manager', () => {
    const found = fastGrabs(
      [...many(3, { grabbedAt: after(2) }), ...many(2, { managerId: 'other', grabbedAt: now })],
      scheme,
    );
    expect(found).toMatchObject([{ kind: 'FAST_GRABS', subject: 'm', figures: { grabs: 3, fastestMs: 2_000 } }]);
  });

  it('are not seen in luck, in haste once or twice, or in what a lot decided', () => {
    expect(fastGrabs(many(9, { grabbedAt: after(4) }), scheme)).toEqual([]);
    expect(fastGrabs(many(2, { grabbedAt: now }), scheme)).toEqual([]);
    expect(fastGrabs(many(9, { openedAt: null, grabbedAt: now }), scheme)).toEqual([]);
  });
});

describe('hoarding', () => {
  const missed = { contactedAt: null };
  it('is many places and few calls', () => {
    const found = hoarding([...many(1, {}), ...many(3, missed)], scheme, now);
    expect(found).toMatchObject([
      { kind: 'HOARDING', subject: 'A', figures: { grabs: 4, missed: 3, inTimeBp: 2_500 } },
    ]);
    expect(found[0]!.ids).toHaveLength(3);
  });

  it('is not few places, calls in time, or deadlines that are still to come', () => {
    expect(hoarding(many(3, missed), scheme, now)).toEqual([]);
    expect(hoarding([...many(2, {}), ...many(2, missed)], scheme, now)).toEqual([]);
    expect(hoarding(many(9, { ...missed, contactBy: after(60) }), scheme, now)).toEqual([]);
  });
});

describe('two banks that hand places to each other', () => {
  const turn = (from: string, to: string, minutes = 5) => {
    const needId = `turn${(serial += 1)}`;
    return [
      grab({ needId, institutionCode: from, leftAt: after(600) }),
      grab({ needId, institutionCode: to, grabbedAt: after(600 + minutes * 60) }),
    ];
  };

  it('are seen when they take turns in both directions', () => {
    const found = alternation([...turn('A', 'B'), ...turn('B', 'A'), ...turn('A', 'B'), ...turn('B', 'A')], scheme);
    expect(found).toMatchObject([{ subject: 'A B', institutions: ['A', 'B'], figures: { turns: 4 } }]);
  });

  it('are not seen when only one follows the other, or later', () => {
    expect(alternation(Array.from({ length: 6 }, () => turn('A', 'B')).flat(), scheme)).toEqual([]);
    const slow = ['A', 'B', 'A', 'B'].flatMap((from) => turn(from, from === 'A' ? 'B' : 'A', 31));
    expect(alternation(slow, scheme)).toEqual([]);
  });
});

describe('offers that are always equal', () => {
  const offer = (needId: string, institutionCode: string, annualRateBp: number): OfferTrace => ({
    needId,
    institutionCode,
    amountFen: '1',
    annualRateBp,
    termMonths: 12,
  });
  const both = (needId: string, one: number, other: number) => [offer(needId, 'B', one), offer(needId, 'A', other)];

  it('are seen on enough needs', () => {
    const found = equalOffers(
      ['1', '2', '3'].flatMap((need) => both(need, 395, 395)),
      scheme,
    );
    expect(found).toMatchObject([{ subject: 'A B', ids: ['1', '2', '3'], figures: { needs: 3, equal: 3 } }]);
  });

  it('are not seen where most differ', () => {
    const mixed = [
      ...['1', '2', '3'].flatMap((need) => both(need, 395, 395)),
      ...['4', '5'].flatMap((need) => both(need, 395, 400)),
    ];
    expect(equalOffers(mixed, scheme)).toEqual([]);
  });
});

describe('findings', () => {
  const traces = fc.array(
    fc.record({
      needId: fc.constantFrom('n1', 'n2', 'n3'),
      institutionCode: fc.constantFrom('A', 'B', 'C'),
      managerId: fc.constantFrom('m1', 'm2'),
      grabbedAt: fc.integer({ min: 0, max: 100 }).map(after),
      leftAt: fc.option(fc.integer({ min: 0, max: 100 }).map(after)),
      contactedAt: fc.option(fc.integer({ min: -300, max: 0 }).map(after)),
    }),
    { maxLength: 30 },
  );

  test.prop([traces])('are the same whatever the order of the rows, and each is about one thing', (rows) => {
    const grabs = rows.map((row) => grab(row));
    const subjects = (list: GrabTrace[]) =>
      anomalies(list, [], scheme, now).map(({ kind, subject }) => `${kind} ${subject}`);
    const found = subjects(grabs);
    expect(new Set(found).size).toBe(found.length);
    expect(subjects(grabs.toReversed()).toSorted()).toEqual(found.toSorted());
  });
});

describe('marks', () => {
  it.each([
    ['购买 CNC 机床', 'EQUIPMENT'],
    ['新药研发及设备', 'RESEARCH'],
    ['订单备货', 'TRADE'],
    ['补充流动资金', 'WORKING_CAPITAL'],
    ['厂房扩建', 'PREMISES'],
    ['其他用途', 'OTHER'],
  ])('put %s into the class %s', (purpose, expected) => {
    expect(purposeClassOf(purpose)).toBe(expected);
  });

  it('are one for what all write differently', () => {
    expect(
      new Set(['ZL 2020 1 0123456.7', 'zl202010123456７', 'CN202010123456-7'].map((one) => assetText('PATENT', one)))
        .size,
    ).toBe(1);
    expect(assetText('EQUIPMENT', 'X-1')).not.toBe(assetText('OTHER', 'X-1'));
  });

  test.prop([fc.bigInt({ min: 1n, max: 10n ** 15n })])('band amounts without gaps', (amount) => {
    expect(coarseBandOf((amount * 2n) as never) - coarseBandOf(amount as never)).toBeLessThanOrEqual(1);
    expect(coarseBandOf((amount + 1n) as never)).toBeGreaterThanOrEqual(coarseBandOf(amount as never));
  });

  it('meet over the border of two windows of days', () => {
    const need = { uscc: 'U', purpose: '研发', amountFen: 5n as never };
    const early = needTexts({ ...need, publishedOn: '2015-01-30' as never }, 30);
    const late = needTexts({ ...need, publishedOn: '2015-01-31' as never }, 30);
    expect(late.before).toBe(early.own);
    expect(late.own).not.toBe(early.own);
  });
});
