import type { Fen } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { aNeed, limitsOf, request, stateOf } from '../../test/support/batch.js';
import { decide, type Outcome } from './grab.rules.js';
import type { GrabRequest, LaneState } from './lane.rules.js';

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
  const sums = (of: (one: GrabRequest) => string) => [...Map.groupBy(granted, of).values()];
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
