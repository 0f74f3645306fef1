import { dayOf, type Fen, type Uscc } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import type { ApprovedValue } from '../limit/limit.rules.js';
import { decide, type Outcome } from './grab.rules.js';
import type { Caller, GrabRequest, LaneState, LockedCounter, LockedNeed } from './lane.rules.js';

const now = new Date('2026-11-23T02:00:00Z');
const firstValues: Record<string, unknown> = {
  placesLimited: true,
  amountLimited: true,
  openGrabsLimited: true,
  maxGrabsPerNeed: 5,
  overSubscriptionBp: 30_000,
  maxOpenGrabsPerInstitution: 50,
  maxOpenGrabsPerManager: 10,
  maxDailyGrabsPerInstitution: 200,
  maxDailyGrabsPerManager: 30,
  needOpenDays: 15,
  needExtensionDays: 15,
  maxNeedExtensions: 1,
  maxOpenNeedsPerEnterprise: 3,
  firstContactWorkdays: 1,
  evidenceWorkdays: 3,
  decisionWorkdays: 10,
  smallDecisionWorkdays: 5,
  smallNeedMaxFen: '500000000',
  drawdownDays: 90,
  payoutFeedbackWorkdays: 3,
  lapsesToSuspend: 3,
  lapseWindowDays: 30,
  suspensionDays: 7,
  freeWithdrawals: 2,
  withdrawalWindowDays: 90,
  withdrawalPenaltyDays: 7,
  exclusiveWindowMinutes: 0,
};

const limitsOf = (changed: Record<string, unknown> = {}): ApprovedValue[] =>
  Object.entries({ ...firstValues, ...changed }).map(([what, value], index) => ({
    what,
    value,
    effectiveFrom: new Date(0),
    version: index + 1,
  }));

const aNeed = (id: string, wish: Partial<LockedNeed> = {}): LockedNeed => ({
  id,
  uscc: '91320505MA1XT00150' as Uscc,
  enterpriseName: 'E',
  contactName: 'C',
  contactPhone: '13800001111',
  amountFen: 1_000n as Fen,
  termMonths: 12,
  security: 'UNSECURED',
  status: 'PUBLISHED',
  taken: 0,
  intendedFen: 0n as Fen,
  publishedAt: now,
  closesAt: new Date('2026-12-08T00:00:00Z'),
  suspendedAt: null,
  nextDue: null,
  district: null,
  industry2: null,
  tier: null,
  scoreBand: null,
  modelVersion: null,
  heldBy: new Set(),
  ...wish,
});

const aCounter = (id: string, wish: Partial<LockedCounter> = {}): LockedCounter => ({
  id,
  openGrabs: 0,
  day: null,
  dayGrabs: 0,
  suspendedUntil: null,
  ...wish,
});

/** Banks b0, b1, … with managers b0m0, b0m1, …; the session of a manager has its name. */
const request = (key: string, manager: string, needId: string, wish: Partial<GrabRequest> = {}): GrabRequest => ({
  claim: key,
  route: 'POST grabs',
  key,
  fingerprint: `${needId} ${wish.intendedFen ?? 100n}`,
  grabId: `grab of ${key}`,
  needId,
  sessionId: manager,
  institutionId: manager.split('m')[0]!,
  institutionCode: manager.split('m')[0]!.toUpperCase(),
  institutionName: manager,
  managerId: manager,
  intendedFen: 100n as Fen,
  now,
  ...wish,
});

function stateOf(needs: LockedNeed[], requests: GrabRequest[], wish: Partial<LaneState> = {}): LaneState {
  const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));
  const callers = requests.map(({ sessionId, managerId, institutionId }): [string, Caller] => [
    sessionId,
    { managerId, institutionId, isManager: true, isMember: true },
  ]);
  return {
    needs: byId(needs),
    institutions: byId([...new Set(requests.map((one) => one.institutionId))].map((id) => aCounter(id))),
    managers: byId([...new Set(requests.map((one) => one.managerId))].map((id) => aCounter(id))),
    callers: new Map(callers),
    answers: new Map(),
    busy: new Set(),
    limits: limitsOf(),
    consentOf: () => ({ granted: true, authorisationId: 'a' }),
    ...wish,
  };
}

const said = ({ decisions }: Outcome): string[] =>
  decisions.map((one) => (one.kind === 'refused' ? one.refusal.code : one.kind));

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
    ['more than the need', 'INTENDED_TOO_MUCH', {}, { intendedFen: 1_001n as Fen }, {}],
    ['a bank that held a place before', 'ALREADY_GRABBED', { heldBy: new Set(['b0']) }, {}, {}],
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

  it('refuses a bank that cools down until its time is over', () => {
    const requests = [request('k', 'b0m0', 'n'), request('l', 'b0m0', 'n', { now: new Date('2026-11-30T00:00:00Z') })];
    const institutions = new Map([['b0', aCounter('b0', { suspendedUntil: new Date('2026-11-29T23:59:59Z') })]]);
    expect(said(decide(stateOf([aNeed('n')], requests, { institutions }), requests))).toEqual([
      'COOLING_DOWN',
      'granted',
    ]);
  });

  it('decides each request under the limits of its own instant, and names them', () => {
    const change = { what: 'maxGrabsPerNeed', value: 1, effectiveFrom: new Date('2026-11-24T00:00:00Z'), version: 99 };
    const later = { now: new Date('2026-11-24T00:00:00Z') };
    const requests = [request('k', 'b0m0', 'n'), request('l', 'b1m0', 'n'), request('m', 'b2m0', 'n', later)];
    const outcome = decide(stateOf([aNeed('n')], requests, { limits: [...limitsOf(), change] }), requests);
    expect(said(outcome)).toEqual(['granted', 'granted', 'NEED_FULL']);
    expect(outcome.decisions[0]).toMatchObject({ grant: { policy: { version: 27, maxGrabsPerNeed: 5 } } });
  });
});

/** Small numbers, so that every limit is reached often. */
const batches = fc.record({
  limits: fc.record({
    placesLimited: fc.boolean(),
    amountLimited: fc.boolean(),
    openGrabsLimited: fc.boolean(),
    maxGrabsPerNeed: fc.integer({ min: 1, max: 4 }),
    overSubscriptionBp: fc.integer({ min: 10_000, max: 30_000 }),
    maxOpenGrabsPerInstitution: fc.integer({ min: 1, max: 4 }),
    maxOpenGrabsPerManager: fc.integer({ min: 1, max: 3 }),
    maxDailyGrabsPerInstitution: fc.integer({ min: 1, max: 5 }),
    maxDailyGrabsPerManager: fc.integer({ min: 1, max: 4 }),
  }),
  requests: fc.array(
    fc.record({
      key: fc.integer({ min: 0, max: 20 }),
      bank: fc.integer({ min: 0, max: 3 }),
      manager: fc.integer({ min: 0, max: 1 }),
      need: fc.integer({ min: 0, max: 3 }),
      intended: fc.bigInt({ min: 1n, max: 1_100n }),
    }),
    { maxLength: 60 },
  ),
  cuts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 }),
});

property.prop([batches])('grants never exceed any limit, in any order and however requests are batched', (run) => {
  const requests = run.requests.map(({ key, bank, manager, need, intended }) =>
    request(`k${key}`, `b${bank}m${manager}`, `n${need}`, { intendedFen: intended as Fen }),
  );
  const granted: GrabRequest[] = [];
  let state = stateOf(
    ['n0', 'n1', 'n2', 'n3'].map((id) => aNeed(id)),
    requests,
    { limits: limitsOf(run.limits) },
  );
  for (let at = 0, cut = 0; at < requests.length; cut += 1) {
    const batch = requests.slice(at, at + run.cuts[cut % run.cuts.length]!);
    at += batch.length;
    const outcome = decide(state, batch);
    for (const decision of outcome.decisions) if (decision.kind === 'granted') granted.push(decision.grant.request);
    state = after(state, outcome);
  }
  const { limits } = run;
  const sums = <T>(of: (one: GrabRequest) => T) => [...Map.groupBy(granted, of).values()];
  const distinct = (list: unknown[]) => new Set(list).size;
  for (const ofNeed of sums(({ needId }) => needId)) {
    const intended = ofNeed.reduce((sum, one) => sum + one.intendedFen, 0n);
    if (limits.placesLimited) expect(ofNeed.length).toBeLessThanOrEqual(limits.maxGrabsPerNeed);
    if (limits.amountLimited) expect(intended * 10_000n <= 1_000n * BigInt(limits.overSubscriptionBp)).toBe(true);
    expect(distinct(ofNeed.map(({ institutionId }) => institutionId))).toBe(ofNeed.length);
    expect(ofNeed.every(({ intendedFen }) => intendedFen <= 1_000n)).toBe(true);
    expect(state.needs.get(ofNeed[0]!.needId)).toMatchObject({ taken: ofNeed.length, intendedFen: intended });
  }
  for (const ofBank of sums(({ institutionId }) => institutionId)) {
    if (limits.openGrabsLimited) expect(ofBank.length).toBeLessThanOrEqual(limits.maxOpenGrabsPerInstitution);
    expect(ofBank.length).toBeLessThanOrEqual(limits.maxDailyGrabsPerInstitution);
    expect(state.institutions.get(ofBank[0]!.institutionId)!.openGrabs).toBe(ofBank.length);
  }
  for (const ofManager of sums(({ managerId }) => managerId)) {
    if (limits.openGrabsLimited) expect(ofManager.length).toBeLessThanOrEqual(limits.maxOpenGrabsPerManager);
    expect(ofManager.length).toBeLessThanOrEqual(limits.maxDailyGrabsPerManager);
  }
  expect(distinct(granted.map(({ claim }) => claim))).toBe(granted.length);
});

/** What the next batch locks and reads once this one is committed. */
function after(state: LaneState, outcome: Outcome): LaneState {
  const merged = <T extends { id: string }>(rows: ReadonlyMap<string, T>, changed: T[]) =>
    new Map([...rows, ...changed.map((row): [string, T] => [row.id, row])]);
  const answers = outcome.decisions.flatMap((one) =>
    one.kind === 'granted'
      ? [[one.grant.request.claim, { fingerprint: one.grant.request.fingerprint, answer: 'given' }] as const]
      : [],
  );
  return {
    ...state,
    needs: merged(state.needs, outcome.needs),
    institutions: merged(state.institutions, outcome.institutions),
    managers: merged(state.managers, outcome.managers),
    answers: new Map([...state.answers, ...answers]),
  };
}

it('counts the day in Suzhou, not in Greenwich', () => {
  const evening = new Date('2026-11-23T16:30:00Z');
  expect(dayOf(evening)).toBe('2026-11-24');
  const limits = limitsOf({ maxDailyGrabsPerManager: 1 });
  const requests = [request('k', 'b0m0', 'n'), request('l', 'b0m0', 'm'), request('o', 'b0m0', 'm', { now: evening })];
  const outcome = decide(stateOf([aNeed('n'), aNeed('m')], requests, { limits }), requests);
  expect(said(outcome)).toEqual(['granted', 'MANAGER_LIMIT', 'granted']);
});
