import { type GrabStatus, grabStatuses } from '@app/contracts';
import { day, endOfDay, type Fen } from '@app/kernel';

import { isOpenGrab } from '../need/need.rules.js';
import { clocksOf, deadlineOf, grabMoves, isLateReport, naturalDeadline, suspensionOf } from './case.rules.js';

const policy = {
  firstContactWorkdays: 1,
  evidenceWorkdays: 3,
  decisionWorkdays: 10,
  smallDecisionWorkdays: 5,
  smallNeedMaxFen: 500_000_000n as Fen,
};
const end = (text: string) => endOfDay(day(text));

describe('the clocks of a case', () => {
  it('count working days from the day after the grab: over a weekend', () => {
    const need = { amountFen: 500_000_001n as Fen, security: 'UNSECURED' };
    expect(clocksOf(policy, need, new Date('2026-11-27T10:00:00Z'))).toEqual({
      contactBy: end('2026-11-30'),
      evidenceBy: end('2026-12-02'),
      decideBy: end('2026-12-11'),
    });
  });

  it('are shorter for unsecured needs up to 500 万元, with 500 万元', () => {
    const decide = (amount: bigint, security: string) =>
      clocksOf(policy, { amountFen: amount as Fen, security }, new Date('2026-11-23T02:00:00Z')).decideBy;
    expect(decide(500_000_000n, 'UNSECURED')).toEqual(end('2026-11-30'));
    expect(decide(500_000_001n, 'UNSECURED')).toEqual(end('2026-12-07'));
    expect(decide(500_000_000n, 'MORTGAGE')).toEqual(end('2026-12-07'));
  });

  it('leave out the National Day week', () => {
    const need = { amountFen: 1n as Fen, security: 'UNSECURED' };
    expect(clocksOf(policy, need, new Date('2026-09-30T02:00:00Z')).contactBy).toEqual(end('2026-10-08'));
  });

  it('move a last natural day off work to the next working day', () => {
    // 15 days after Friday 2026-11-20 is Saturday 12-05.
    expect(naturalDeadline(new Date('2026-11-20T02:00:00Z'), 15)).toEqual(end('2026-12-07'));
  });

  it('know a late report of money', () => {
    expect(isLateReport(day('2026-11-27'), day('2026-12-02'), 3)).toBe(false);
    expect(isLateReport(day('2026-11-27'), day('2026-12-03'), 3)).toBe(true);
  });
});

describe('the states of a case', () => {
  it('end, each of them, and nothing follows an end', () => {
    const reach = (from: GrabStatus, seen = new Set<GrabStatus>()): Set<GrabStatus> => {
      for (const next of grabMoves[from]) if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    expect([...reach('ACTIVE'), 'ACTIVE'].toSorted()).toEqual([...grabStatuses].toSorted());
    for (const status of grabStatuses) expect(grabMoves[status].length > 0).toBe(isOpenGrab(status));
  });

  it('never go back', () => {
    const order = ['ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED', 'DISBURSED'];
    for (const [place, from] of order.entries())
      for (const to of grabMoves[from as GrabStatus]) if (order.includes(to)) expect(order.indexOf(to)).toBe(place + 1);
  });

  const facts = {
    contactBy: end('2026-11-24'),
    evidenceBy: end('2026-11-26'),
    evidenceAt: null,
    decideBy: end('2026-11-30'),
    drawBy: end('2027-02-22'),
  };
  it('an offer that was taken back leaves the clock of the decision running', () => {
    expect(deadlineOf({ ...facts, status: 'OFFERED' }, null)).toEqual({
      at: facts.decideBy,
      act: 'OFFER',
      lapse: 'DECISION_DEADLINE',
    });
  });

  const table: [GrabStatus, object, string | null][] = [
    ['ACTIVE', {}, 'CONTACT_DEADLINE'],
    ['CONTACTED', {}, 'EVIDENCE_DEADLINE'],
    ['CONTACTED', { evidenceAt: new Date(0) }, 'DECISION_DEADLINE'],
    ['IN_REVIEW', {}, 'DECISION_DEADLINE'],
    ['OFFERED', {}, 'OFFER_EXPIRED'],
    ['ACCEPTED', {}, 'DRAWDOWN_DEADLINE'],
    ['DISBURSED', {}, null],
    ['LOST', {}, null],
  ];
  it.each(table)('%s %p waits for %s', (status, wish, lapse) => {
    expect(deadlineOf({ ...facts, status, ...wish }, day('2026-12-01'))?.lapse ?? null).toBe(lapse);
  });
});

it('suspends a bank from the third lapse on, for seven days', () => {
  const limits = { lapsesToSuspend: 3, suspensionDays: 7 };
  const now = new Date('2026-11-23T02:00:00Z');
  expect(suspensionOf(2, limits, now)).toBeUndefined();
  expect(suspensionOf(3, limits, now)).toEqual(end('2026-11-30'));
  expect(suspensionOf(3, { ...limits, suspensionDays: 0 }, now)).toBeUndefined();
});
