import type { Day } from '@app/kernel';

import { intendedMaxOf, type ParameterName, placesOf, type Policy } from '../limit/limit.rules.js';
import type { GrabRequest, LockedCounter, LockedNeed, Refusal, RefusalCode } from './lane.rules.js';

/** What a check looks at: the request and what it is about, as the requests before it left them. */
export interface Ask {
  request: GrabRequest;
  policy: Policy;
  need: LockedNeed;
  institution: LockedCounter;
  manager: LockedCounter;
  today: Day;
}

type Check = (ask: Ask) => Refusal | undefined;

const refusedBy = (policy: Policy, what: ParameterName, refusal: Refusal): Refusal => ({
  ...refusal,
  applied: policy.applied.get(what),
});

const household: Check = ({ policy, request }) =>
  request.intendedFen > policy.singleHouseholdMaxFen
    ? refusedBy(policy, 'singleHouseholdMaxFen', { code: 'HOUSEHOLD_LIMIT' })
    : undefined;

/** Free places belong to the banks in line first: whoever reaches for one leaves that many alone. */
const placeLeft: Check = ({ need, policy, request }) => {
  const places = placesOf(policy);
  const ahead = request.via === 'GRAB' ? need.waiting : 0;
  if (places === null || need.taken + ahead < places) return undefined;
  return refusedBy(policy, 'maxGrabsPerNeed', { code: 'NEED_FULL', limit: places });
};

const amountLeft: Check = ({ need, policy, request }) => {
  const most = intendedMaxOf(policy, need.amountFen);
  if (most === null || need.intendedFen + request.intendedFen <= most) return undefined;
  return refusedBy(policy, 'overSubscriptionBp', { code: 'AMOUNT_EXHAUSTED' });
};

const oncePerBank: Check = ({ need, request }) =>
  need.heldBy.has(request.institutionId) ? { code: 'ALREADY_GRABBED' } : undefined;

const notInLine: Check = ({ need, request }) =>
  request.via === 'GRAB' && need.queuedBy.has(request.institutionId) ? { code: 'ALREADY_QUEUED' } : undefined;

const institutionLimit: Check = ({ institution, policy, today }) =>
  overCounter(institution, today, policy, {
    code: 'INSTITUTION_LIMIT',
    open: 'maxOpenGrabsPerInstitution',
    daily: 'maxDailyGrabsPerInstitution',
  });

const managerLimit: Check = ({ manager, policy, today }) =>
  overCounter(manager, today, policy, {
    code: 'MANAGER_LIMIT',
    open: 'maxOpenGrabsPerManager',
    daily: 'maxDailyGrabsPerManager',
  });

const drawQuota: Check = ({ request, institution, policy }) =>
  request.via === 'DRAW' && institution.drawnToday >= policy.drawDailyQuota
    ? refusedBy(policy, 'drawDailyQuota', { code: 'DRAW_QUOTA', limit: policy.drawDailyQuota })
    : undefined;

/**
 * The last of all: leads show a band only, and a bank that can have no place anyway would else find the exact amount by
 * trying.
 */
const withinNeed: Check = ({ need, request }) =>
  request.intendedFen > need.amountFen ? { code: 'INTENDED_TOO_MUCH' } : undefined;

/** In this order; the first that refuses is the answer. A bank that has its place is told so, and not that others do. */
const limits: readonly Check[] = [
  household,
  oncePerBank,
  placeLeft,
  amountLeft,
  notInLine,
  institutionLimit,
  managerLimit,
  drawQuota,
  withinNeed,
];

/** What an entry for the draw has to pass: nothing that would tell how many others entered. */
const entryLimits: readonly Check[] = [household, oncePerBank, notInLine, institutionLimit, managerLimit, withinNeed];

/** Why a grab is refused under the limits; undefined when it is granted. */
export const grabRefusal = (ask: Ask): Refusal | undefined => firstRefusal(limits, ask);
/** The same for a sealed entry. */
export const entryRefusal = (ask: Ask): Refusal | undefined => firstRefusal(entryLimits, ask);

const firstRefusal = (checks: readonly Check[], ask: Ask): Refusal | undefined => {
  for (const check of checks) {
    const refusal = check(ask);
    if (refusal) return refusal;
  }
  return undefined;
};

interface Cap {
  code: RefusalCode;
  open: 'maxOpenGrabsPerInstitution' | 'maxOpenGrabsPerManager';
  daily: 'maxDailyGrabsPerInstitution' | 'maxDailyGrabsPerManager';
}

/** The daily cap counts released grabs too, so that contacts are not harvested; it holds under every reading of 限额. */
function overCounter(counter: LockedCounter, today: Day, policy: Policy, cap: Cap): Refusal | undefined {
  const { code } = cap;
  if (policy.openGrabsLimited && counter.openGrabs >= policy[cap.open])
    return refusedBy(policy, cap.open, { code, limit: policy[cap.open] });
  if (grabsOn(counter, today) >= policy[cap.daily])
    return refusedBy(policy, cap.daily, { code, limit: policy[cap.daily], daily: true });
  return undefined;
}

/** Grabs on that day; a counter of another day has none yet. */
export const grabsOn = (counter: LockedCounter, day: Day): number => (counter.day === day ? counter.dayGrabs : 0);
