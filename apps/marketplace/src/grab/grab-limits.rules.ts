import type { Day, Fen } from '@app/kernel';

import { amountBandOf, boundsOf } from '../lead/lead.rules.js';
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
  if (most === null || need.intendedFen + intendedOf(need, request) <= most) return undefined;
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

/** As far as the band goes that every lead shows: whoever is refused for more learns nothing that the list does not say. */
const withinBand: Check = ({ need, request }) =>
  isAboveBand(need, request) ? { code: 'INTENDED_ABOVE_BAND' } : undefined;

/** A grab states no more than the need (spec 10 §1.3.3, grabAmountRule). Entries and lines cost nothing and state "up to". */
const withinNeed: Check = ({ need, request }) =>
  request.intendedFen > need.amountFen ? { code: 'INTENDED_TOO_MUCH' } : undefined;

/**
 * In this order; the first that refuses is the answer. A bank that has its place is told so, and not that others do. What
 * hangs on the exact amount is the last of all: a bank that can have no place anyway would else measure the need by
 * trying, and who asks for less until it fits has taken a place by it.
 */
const limits: readonly Check[] = [
  household,
  oncePerBank,
  placeLeft,
  notInLine,
  institutionLimit,
  managerLimit,
  withinBand,
  amountLeft,
  withinNeed,
];

/** Of a draw or a turn, where nobody can try: want of room comes first, since who finds none keeps its turn. */
const turnLimits: readonly Check[] = [
  household,
  oncePerBank,
  placeLeft,
  amountLeft,
  institutionLimit,
  managerLimit,
  drawQuota,
];

/** What an entry for the draw has to pass: nothing that would tell how many others entered, or how much they want. */
const entryLimits: readonly Check[] = [household, oncePerBank, notInLine, institutionLimit, managerLimit, withinBand];

/**
 * What a bank that takes a place takes of a need: what it intends, and never more than the need. A bank has read a band
 * only, so that its "up to so much" is no mistake, and a refusal of it would tell the amount.
 */
export const intendedOf = (
  need: Pick<LockedNeed, 'amountFen'>,
  { intendedFen }: Pick<GrabRequest, 'intendedFen'>,
): Fen => (intendedFen > need.amountFen ? need.amountFen : intendedFen);

/** Whether more is intended than any need of this band could be. */
export function isAboveBand(
  { amountFen }: Pick<LockedNeed, 'amountFen'>,
  { intendedFen }: Pick<GrabRequest, 'intendedFen'>,
): boolean {
  if (intendedFen <= amountFen) return false;
  const { upTo } = boundsOf(amountBandOf(amountFen));
  return upTo !== null && intendedFen > upTo;
}

/**
 * Whether there is room for an amount whatever the need's exact one is within its band: then a bank is to take the place
 * and not to wait. The smallest need of a band has the least room, as no limit lies below the need.
 */
export function hasRoomFor({ need, policy, request }: Pick<Ask, 'need' | 'policy' | 'request'>): boolean {
  const smallest = { ...need, amountFen: (boundsOf(amountBandOf(need.amountFen)).above + 1n) as Fen };
  const most = intendedMaxOf(policy, smallest.amountFen);
  return most === null || need.intendedFen + intendedOf(smallest, request) <= most;
}

/** Why a grab is refused under the limits; undefined when it is granted. */
export const grabRefusal = (ask: Ask): Refusal | undefined =>
  firstRefusal(ask.request.via === 'GRAB' ? limits : turnLimits, ask);
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
