import type { Fen, Uscc } from '@app/kernel';

import type { Outcome } from '../../src/grab/grab.rules.js';
import type { Caller, GrabRequest, LaneState, LockedCounter, LockedNeed } from '../../src/grab/lane.rules.js';
import { LimitBook } from '../../src/limit/limit-book.rules.js';
import { type ApprovedValue, parameterNames, parameters } from '../../src/limit/limit.rules.js';

export const now = new Date('2026-11-23T02:00:00Z');
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
  drawDailyQuota: 20,
  maxWaitingPerNeed: 20,
};

/** A value that refuses nothing, for parameters that no grab is decided by. */
function generous(what: (typeof parameterNames)[number]): unknown {
  const parameter: { kind: string; max?: number } = parameters[what];
  if (parameter.kind === 'flag') return true;
  return parameter.kind === 'fen' ? '1000000000000' : parameter.max;
}

/** First values of all parameters, some of them changed; overrides of single scopes come on top. */
export const changesOf = (changed: Record<string, unknown> = {}): ApprovedValue[] =>
  parameterNames.map((what, index) => ({
    what,
    value: changed[what] ?? firstValues[what] ?? generous(what),
    effectiveFrom: new Date(0),
    version: index + 1,
  }));

export const limitsOf = (changed: Record<string, unknown> = {}, more: ApprovedValue[] = []): LimitBook =>
  new LimitBook([...changesOf(changed), ...more]);

/** An override, in force from the start. */
export const anOverride = (
  what: string,
  value: unknown,
  scope: Partial<NonNullable<ApprovedValue['scope']>>,
  version = 500,
): ApprovedValue => ({
  what,
  value,
  effectiveFrom: new Date(0),
  version,
  scope: { institution: null, product: null, district: null, grade: null, ...scope },
});

export const aNeed = (id: string, wish: Partial<LockedNeed> = {}): LockedNeed => ({
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
  productId: null,
  exclusiveInstitutionId: null,
  exclusiveUntil: null,
  sealedUntil: null,
  drawnAt: null,
  commitment: null,
  waiting: 0,
  heldBy: new Set(),
  queuedBy: new Set(),
  ...wish,
});

export const aCounter = (id: string, wish: Partial<LockedCounter> = {}): LockedCounter => ({
  id,
  openGrabs: 0,
  day: null,
  dayGrabs: 0,
  suspendedUntil: null,
  grade: null,
  drawnToday: 0,
  ...wish,
});

/** Banks b0, b1, … with managers b0m0, b0m1, …; the session of a manager has its name. */
export const request = (
  key: string,
  manager: string,
  needId: string,
  wish: Partial<GrabRequest> = {},
): GrabRequest => ({
  via: 'GRAB',
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

export function stateOf(needs: LockedNeed[], requests: GrabRequest[], wish: Partial<LaneState> = {}): LaneState {
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

export const said = ({ decisions }: Outcome): string[] =>
  decisions.map((one) => (one.kind === 'refused' ? one.refusal.code : one.kind));
