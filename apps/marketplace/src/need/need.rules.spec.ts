import { type GrabStatus, grabStatuses, type NeedStatus, needStatuses } from '@app/contracts';
import { fc, it as property } from '@fast-check/jest';

import { grabMoves } from '../grab/case.rules.js';
import { isOnBoard, isOpenGrab, isOver, needMoves, needStatusAfter, publishableFrom } from './need.rules.js';

const now = new Date('2026-11-23T02:00:00Z');
const later = new Date('2026-12-08T00:00:00Z');

describe('the states of a need', () => {
  it('are all reached from a draft, and end in money, in none, or with the enterprise', () => {
    const seen = new Set<NeedStatus>(['DRAFT']);
    for (const status of seen) for (const next of needMoves[status]) seen.add(next);
    expect([...seen].toSorted()).toEqual([...needStatuses].toSorted());
    expect(needStatuses.filter(isOver)).toEqual(['WITHDRAWN', 'FUNDED', 'CLOSED_UNFUNDED']);
  });

  const table: [NeedStatus, GrabStatus[], number | null, Date, NeedStatus][] = [
    ['PUBLISHED', [], 5, later, 'PUBLISHED'],
    ['PUBLISHED', ['ACTIVE'], 1, later, 'FULL'],
    ['PUBLISHED', ['ACTIVE', 'OFFERED'], null, later, 'PUBLISHED'],
    ['FULL', ['RELEASED'], 1, later, 'PUBLISHED'],
    ['FULL', ['ACTIVE'], 2, later, 'PUBLISHED'],
    ['FULL', ['ACTIVE'], 1, new Date(now.getTime() - 1), 'EXPIRED'],
    ['PUBLISHED', [], 5, now, 'PUBLISHED'],
    ['EXPIRED', [], 5, later, 'EXPIRED'],
    ['EXPIRED', ['CONTACTED'], 5, later, 'EXPIRED'],
    ['EXPIRED', ['DECLINED', 'LAPSED'], 5, later, 'CLOSED_UNFUNDED'],
    ['MATCHED', ['ACCEPTED', 'LOST'], 5, later, 'MATCHED'],
    ['MATCHED', ['LAPSED', 'LOST'], 5, later, 'CLOSED_UNFUNDED'],
    ['MATCHED', ['DECLINED', 'OFFERED'], 5, later, 'MATCHED'],
    ['EXPIRED', ['ACCEPTED', 'DECLINED'], 5, later, 'MATCHED'],
    ['EXPIRED', ['DISBURSED'], 5, later, 'MATCHED'],
    ['MATCHED', ['DISBURSED', 'OFFERED'], 5, later, 'FUNDED'],
    ['DRAFT', [], 5, later, 'DRAFT'],
  ];
  it.each(table)('%s with %p and %p places, closing %p, becomes %s', (status, grabs, places, closesAt, expected) => {
    expect(needStatusAfter({ status, closesAt }, grabs, places, now)).toBe(expected);
  });

  property.prop([
    fc.constantFrom(...needStatuses),
    fc.array(fc.constantFrom(...grabStatuses), { maxLength: 6 }),
    fc.option(fc.integer({ min: 1, max: 5 })),
    fc.boolean(),
  ])('settle at once and only by moves of the table', (status, grabs, places, closed) => {
    const closesAt = closed ? new Date(0) : later;
    let at = status;
    for (let steps = 0; ; steps += 1) {
      const next = needStatusAfter({ status: at, closesAt }, grabs, places, now);
      if (next === at) break;
      expect(needMoves[at]).toContain(next);
      expect(steps).toBeLessThan(3);
      at = next;
    }
    if (isOnBoard(at) && places !== null) {
      const open = grabs.filter(isOpenGrab).length;
      expect(at === 'FULL').toBe(open >= places);
    }
  });

  it('never end a need while a bank may still lend', () => {
    for (const status of needStatuses)
      for (const grab of grabStatuses.filter((one) => grabMoves[one].length > 0))
        expect(needStatusAfter({ status, closesAt: later }, [grab], 5, now) === 'CLOSED_UNFUNDED').toBe(
          status === 'CLOSED_UNFUNDED',
        );
  });
});

describe('withdrawing too often', () => {
  const policy = { freeWithdrawals: 2, withdrawalWindowDays: 90, withdrawalPenaltyDays: 7 };
  const at = (day: string) => new Date(`${day}T02:00:00Z`);
  const table: [string, Date[], Date | undefined][] = [
    ['twice is free', [at('2026-11-20'), at('2026-11-22')], undefined],
    ['a third time costs a week', [at('2026-10-01'), at('2026-11-20'), at('2026-11-22')], at('2026-11-29')],
    ['and only a week', [at('2026-10-01'), at('2026-10-02'), at('2026-11-10')], undefined],
    ['what is older than the window is forgotten', [at('2026-08-01'), at('2026-11-20'), at('2026-11-22')], undefined],
  ];
  it.each(table)('%s', (_, withdrawals, until) => {
    expect(publishableFrom(withdrawals, policy, now)).toEqual(until);
  });
});
