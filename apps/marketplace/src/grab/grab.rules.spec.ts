import { dayOf, type Fen } from '@app/kernel';

import { aCounter, aNeed, limitsOf, now, request, said, stateOf } from '../../test/support/batch.js';
import { parameterNames } from '../limit/limit.rules.js';
import { decide } from './grab.rules.js';
import type { Caller, GrabRequest, LockedNeed } from './lane.rules.js';

describe('the decision of a batch', () => {
  it('goes by the order of arrival: five places, the sixth bank comes too late', () => {
    const requests = Array.from({ length: 6 }, (_, index) => request(`k${index}`, `b${index}m0`, 'n'));
    const outcome = decide(stateOf([aNeed('n')], requests), requests);
    expect(said(outcome)).toEqual(['granted', 'granted', 'granted', 'granted', 'granted', 'NEED_FULL']);
    expect(outcome.needs).toMatchObject([{ taken: 5, intendedFen: 500n, status: 'FULL' }]);
  });

  it('looks at the key before anything else', () => {
    const requests = [request('k', 'b0m0', 'gone'), request('l', 'b0m0', 'n'), request('busy', 'b0m0', 'n')];
    const answers = new Map([
      ['k', { fingerprint: 'gone 100', answer: 'as before' }],
      ['l', { fingerprint: 'another body', answer: 'as before' }],
    ]);
    const outcome = decide(stateOf([aNeed('n')], requests, { answers, busy: new Set(['busy']) }), requests);
    expect(outcome.decisions[0]).toEqual({ kind: 'replayed', answer: 'as before' });
    expect(said(outcome).slice(1)).toEqual(['KEY_REUSED', 'IN_PROGRESS']);
    expect(outcome.needs).toEqual([]);
  });

  it('gives a key that comes twice in a batch the one answer, and refuses it with another body', () => {
    const other = request('k', 'b0m0', 'n', { intendedFen: 7n as Fen });
    const requests = [request('k', 'b0m0', 'n'), request('k', 'b0m0', 'n'), other];
    const { decisions } = decide(stateOf([aNeed('n')], requests), requests);
    expect(decisions[1]).toEqual({ kind: 'repeated', of: 0 });
    expect(decisions[2]).toMatchObject({ refusal: { code: 'KEY_REUSED' } });
  });

  it('leaves what was locked as it was', () => {
    const need = aNeed('n');
    const requests = [request('k', 'b0m0', 'n')];
    const state = stateOf([need], requests);
    decide(state, requests);
    expect(need).toMatchObject({ taken: 0, intendedFen: 0n, status: 'PUBLISHED' });
    expect(need.heldBy.size).toBe(0);
    expect(state.institutions.get('b0')!.openGrabs).toBe(0);
  });

  const refusals: [string, string, Partial<LockedNeed>, Partial<GrabRequest>, Partial<Caller>][] = [
    ['a draft is not there', 'NEED_NOT_FOUND', { status: 'DRAFT' }, {}, {}],
    ['a need that ended', 'NEED_CLOSED', { status: 'WITHDRAWN' }, {}, {}],
    ['a need past its last moment', 'NEED_CLOSED', { closesAt: new Date(now.getTime() - 1) }, {}, {}],
    ['a suspended need', 'NEED_CLOSED', { suspendedAt: now }, {}, {}],
    ['more than any need of its band', 'INTENDED_ABOVE_BAND', {}, { intendedFen: 100_000_001n as Fen }, {}],
    ['more than the need', 'INTENDED_TOO_MUCH', {}, { intendedFen: 1_001n as Fen }, {}],
    [
      'more than a need that is full, without a word on its amount',
      'NEED_FULL',
      { taken: 5 },
      { intendedFen: 100_000_001n as Fen },
      {},
    ],
    ['a bank that held a place before', 'ALREADY_GRABBED', { heldBy: new Set(['b0']) }, {}, {}],
    ['one that asks again when all is full', 'ALREADY_GRABBED', { heldBy: new Set(['b0']), taken: 5 }, {}, {}],
    ['amounts that would pass three times the need', 'AMOUNT_EXHAUSTED', { intendedFen: 2_901n as Fen }, {}, {}],
    ['somebody without the role', 'WRONG_ROLE', {}, {}, { isManager: false }],
    ['a bank outside the marketplace', 'NOT_A_MEMBER', {}, {}, { isMember: false }],
    ['a session of somebody else', 'NOT_SIGNED_IN', {}, {}, { managerId: 'other' }],
  ];
  it.each(refusals)('refuses %s: %s', (_, code, need, wish, caller) => {
    const requests = [request('k', 'b0m0', 'n', wish)];
    const callers = new Map([
      ['b0m0', { managerId: 'b0m0', institutionId: 'b0', isManager: true, isMember: true, ...caller }],
    ]);
    const outcome = decide(stateOf([aNeed('n', need)], requests, { callers }), requests);
    expect(said(outcome)).toEqual([code]);
    expect([outcome.needs, outcome.institutions, outcome.managers]).toEqual([[], [], []]);
  });

  it('is open to the last millisecond, and takes exactly what is left', () => {
    const need = aNeed('n', { closesAt: now, intendedFen: 2_900n as Fen, taken: 4 });
    const requests = [request('k', 'b0m0', 'n')];
    expect(said(decide(stateOf([need], requests), requests))).toEqual(['granted']);
  });

  it('takes "up to so much" of a bank that waited for the need itself, as it has read no more than its band', () => {
    const requests = [
      request('k', 'b0m0', 'n', { via: 'LINE', intendedFen: 100_000_000n as Fen }),
      request('l', 'b1m0', 'n'),
    ];
    const outcome = decide(stateOf([aNeed('n')], requests), requests);
    expect(outcome.decisions).toMatchObject([
      { grant: { request: { intendedFen: 1_000n } } },
      { grant: { request: { intendedFen: 100n } } },
    ]);
    expect(outcome.needs).toMatchObject([{ intendedFen: 1_100n }]);
  });

  it('looks at the room for an amount last, so that nobody measures a need without taking a place of it', () => {
    const need = aNeed('n', { intendedFen: 2_950n as Fen });
    const requests = [request('k', 'b0m0', 'n')];
    const managers = new Map([['b0m0', aCounter('b0m0', { openGrabs: 10 })]]);
    expect(said(decide(stateOf([need], requests, { managers }), requests))).toEqual(['MANAGER_LIMIT']);
    const line = [request('k', 'b0m0', 'n', { via: 'LINE' })];
    expect(said(decide(stateOf([need], line, { managers }), line))).toEqual(['AMOUNT_EXHAUSTED']);
  });

  it('refuses a bank that cools down until its time is over', () => {
    const until = new Date('2026-11-29T15:59:59.999Z');
    const requests = [
      request('k', 'b0m0', 'n', { now: until }),
      request('l', 'b0m0', 'n', { now: new Date(until.getTime() + 1) }),
    ];
    const institutions = new Map([['b0', aCounter('b0', { suspendedUntil: until })]]);
    expect(said(decide(stateOf([aNeed('n')], requests, { institutions }), requests))).toEqual([
      'COOLING_DOWN',
      'granted',
    ]);
  });

  it('decides each request under the limits of its own instant, and names them', () => {
    const change = { what: 'maxGrabsPerNeed', value: 1, effectiveFrom: new Date('2026-11-24T00:00:00Z'), version: 999 };
    const later = { now: new Date('2026-11-24T00:00:00Z') };
    const requests = [request('k', 'b0m0', 'n'), request('l', 'b1m0', 'n'), request('m', 'b2m0', 'n', later)];
    const outcome = decide(stateOf([aNeed('n')], requests, { limits: limitsOf({}, [change]) }), requests);
    expect(said(outcome)).toEqual(['granted', 'granted', 'NEED_FULL']);
    expect(outcome.decisions[0]).toMatchObject({
      grant: { policy: { version: parameterNames.length, maxGrabsPerNeed: 5 } },
    });
  });
});

it('counts the day in Suzhou, not in Greenwich', () => {
  const evening = new Date('2026-11-23T16:30:00Z');
  expect(dayOf(evening)).toBe('2026-11-24');
  const limits = limitsOf({ maxDailyGrabsPerManager: 1 });
  const requests = [request('k', 'b0m0', 'n'), request('l', 'b0m0', 'm'), request('o', 'b0m0', 'm', { now: evening })];
  const outcome = decide(stateOf([aNeed('n'), aNeed('m')], requests, { limits }), requests);
  expect(said(outcome)).toEqual(['granted', 'MANAGER_LIMIT', 'granted']);
});
