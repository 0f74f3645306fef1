import { type Day, dayOf, type Fen } from '@app/kernel';

import { intendedMaxOf, placesOf, type Policy, policyAt } from '../limit/limit.rules.js';
import { isOnBoard } from '../need/need.rules.js';
import { clocksOf } from './case.rules.js';
import type { GrabRequest, LaneState, LockedCounter, LockedNeed, Refusal } from './lane.rules.js';

export interface Grant {
  request: GrabRequest;
  need: LockedNeed;
  policy: Policy;
  contactBy: Date;
  evidenceBy: Date;
  decideBy: Date;
  authorisationId: string;
}

type Decision =
  | { kind: 'granted'; grant: Grant }
  /** The answer that was given before, under the same key. */
  | { kind: 'replayed'; answer: unknown }
  /** The same key came earlier in this batch: the answer of that request. */
  | { kind: 'repeated'; of: number }
  | { kind: 'refused'; refusal: Refusal };

export interface Outcome {
  /** One for each request, in their order. */
  decisions: Decision[];
  /** What changed, as it is after the last request. */
  needs: LockedNeed[];
  institutions: LockedCounter[];
  managers: LockedCounter[];
}

/**
 * Decides on requests in the order of their arrival: who comes first gets the place. Pure: works on copies of what was
 * locked and read, and says what is to be written. Each grant is decided under the limits of its own instant.
 */
export function decide(state: LaneState, requests: readonly GrabRequest[]): Outcome {
  const work = new Work(state);
  const decisions = requests.map((request, index) => work.decideOne(request, index));
  return {
    decisions,
    needs: [...work.needs.changed.values()],
    institutions: [...work.institutions.changed.values()],
    managers: [...work.managers.changed.values()],
  };
}

/** What a check looks at: the request and what it is about, as the requests before it left them. */
interface Ask {
  request: GrabRequest;
  policy: Policy;
  need: LockedNeed;
  institution: LockedCounter;
  manager: LockedCounter;
  today: Day;
}

/** In this order; the first that refuses is the answer. */
const limits: readonly ((ask: Ask) => Refusal | undefined)[] = [
  ({ need, policy }) => {
    const places = placesOf(policy);
    return places !== null && need.taken >= places ? { code: 'NEED_FULL', limit: places } : undefined;
  },
  ({ need, policy, request }) => {
    const most = intendedMaxOf(policy, need.amountFen);
    return most !== null && need.intendedFen + request.intendedFen > most ? { code: 'AMOUNT_EXHAUSTED' } : undefined;
  },
  ({ need, request }) => (need.heldBy.has(request.institutionId) ? { code: 'ALREADY_GRABBED' } : undefined),
  ({ institution, policy, today }) =>
    overCounter(institution, today, {
      code: 'INSTITUTION_LIMIT',
      limited: policy.openGrabsLimited,
      open: policy.maxOpenGrabsPerInstitution,
      daily: policy.maxDailyGrabsPerInstitution,
    }),
  ({ manager, policy, today }) =>
    overCounter(manager, today, {
      code: 'MANAGER_LIMIT',
      limited: policy.openGrabsLimited,
      open: policy.maxOpenGrabsPerManager,
      daily: policy.maxDailyGrabsPerManager,
    }),
];

interface Cap {
  code: 'INSTITUTION_LIMIT' | 'MANAGER_LIMIT';
  limited: boolean;
  open: number;
  daily: number;
}

/** The daily cap counts released grabs too, so that contacts are not harvested; it holds under every reading of 限额. */
function overCounter(counter: LockedCounter, today: Day, cap: Cap): Refusal | undefined {
  if (cap.limited && counter.openGrabs >= cap.open) return { code: cap.code, limit: cap.open };
  if (grabsOn(counter, today) >= cap.daily) return { code: cap.code, limit: cap.daily, daily: true };
  return undefined;
}

const grabsOn = (counter: LockedCounter, day: Day): number => (counter.day === day ? counter.dayGrabs : 0);

class Work {
  readonly needs: Copies<LockedNeed>;
  readonly institutions: Copies<LockedCounter>;
  readonly managers: Copies<LockedCounter>;
  private readonly granted = new Map<string, { index: number; fingerprint: string }>();
  private readonly policies = new Map<number, Policy>();

  constructor(private readonly state: LaneState) {
    this.needs = new Copies(state.needs, (need) => ({ ...need, heldBy: new Set(need.heldBy) }));
    this.institutions = new Copies(state.institutions, (counter) => ({ ...counter }));
    this.managers = new Copies(state.managers, (counter) => ({ ...counter }));
  }

  decideOne(request: GrabRequest, index: number): Decision {
    const known = this.repeatOf(request);
    if (known) return known;
    const refusal = this.refuseCaller(request) ?? this.refuseNeed(request);
    if (refusal) return { kind: 'refused', refusal };
    const consent = this.state.consentOf(request);
    if (!consent.granted) return { kind: 'refused', refusal: { code: consent.code } };
    const ask = this.askOf(request);
    const over = limits.map((check) => check(ask)).find((found) => found !== undefined);
    if (over) return { kind: 'refused', refusal: over };
    this.granted.set(request.claim, { index, fingerprint: request.fingerprint });
    return { kind: 'granted', grant: this.grant(ask, consent.authorisationId) };
  }

  /** A key that was used before gets the answer of then, before anything else is looked at. */
  private repeatOf(request: GrabRequest): Decision | undefined {
    const reused: Decision = { kind: 'refused', refusal: { code: 'KEY_REUSED' } };
    const earlier = this.granted.get(request.claim);
    if (earlier) return earlier.fingerprint === request.fingerprint ? { kind: 'repeated', of: earlier.index } : reused;
    if (this.state.busy.has(request.claim)) return { kind: 'refused', refusal: { code: 'IN_PROGRESS' } };
    const stored = this.state.answers.get(request.claim);
    if (!stored) return undefined;
    return stored.fingerprint === request.fingerprint ? { kind: 'replayed', answer: stored.answer } : reused;
  }

  /** Whether this person may grab at all. */
  private refuseCaller({ sessionId, managerId, institutionId, now }: GrabRequest): Refusal | undefined {
    const caller = this.state.callers.get(sessionId);
    if (!caller || caller.managerId !== managerId || caller.institutionId !== institutionId)
      return { code: 'NOT_SIGNED_IN' };
    if (!caller.isManager) return { code: 'WRONG_ROLE' };
    if (!caller.isMember) return { code: 'NOT_A_MEMBER' };
    const until = this.institutions.seen(institutionId)?.suspendedUntil;
    return until && until >= now ? { code: 'COOLING_DOWN', until } : undefined;
  }

  /** Whether the need is there, open, and as large as what is intended. */
  private refuseNeed({ needId, intendedFen, now }: GrabRequest): Refusal | undefined {
    const need = this.needs.seen(needId);
    if (!need || need.status === 'DRAFT' || need.status === 'SUBMITTED') return { code: 'NEED_NOT_FOUND' };
    if (!isOnBoard(need.status) || need.suspendedAt || (need.closesAt && need.closesAt < now))
      return { code: 'NEED_CLOSED' };
    return intendedFen > need.amountFen ? { code: 'INTENDED_TOO_MUCH' } : undefined;
  }

  private askOf(request: GrabRequest): Ask {
    return {
      request,
      policy: this.policyOf(request.now),
      need: this.needs.seen(request.needId)!,
      institution: this.institutions.seen(request.institutionId)!,
      manager: this.managers.seen(request.managerId)!,
      today: dayOf(request.now),
    };
  }

  private grant({ request, policy, today }: Ask, authorisationId: string): Grant {
    const need = this.needs.toChange(request.needId);
    const clocks = clocksOf(policy, need, request.now);
    need.taken += 1;
    need.intendedFen = (need.intendedFen + request.intendedFen) as Fen;
    need.heldBy.add(request.institutionId);
    if (!need.nextDue || clocks.contactBy < need.nextDue) need.nextDue = clocks.contactBy;
    const places = placesOf(policy);
    need.status = places !== null && need.taken >= places ? 'FULL' : 'PUBLISHED';
    for (const counter of [
      this.institutions.toChange(request.institutionId),
      this.managers.toChange(request.managerId),
    ]) {
      counter.openGrabs += 1;
      counter.dayGrabs = grabsOn(counter, today) + 1;
      counter.day = today;
    }
    return { request, need, policy, ...clocks, authorisationId };
  }

  private policyOf(now: Date): Policy {
    const known = this.policies.get(now.getTime());
    if (known) return known;
    const policy = policyAt(this.state.limits, now);
    this.policies.set(now.getTime(), policy);
    return policy;
  }
}

/** Rows under lock, copied when they are first changed. */
class Copies<T> {
  readonly changed = new Map<string, T>();

  constructor(
    private readonly rows: ReadonlyMap<string, T>,
    private readonly copy: (row: T) => T,
  ) {}

  seen(id: string): T | undefined {
    return this.changed.get(id) ?? this.rows.get(id);
  }

  toChange(id: string): T {
    const known = this.changed.get(id);
    if (known) return known;
    const copied = this.copy(this.rows.get(id)!);
    this.changed.set(id, copied);
    return copied;
  }
}
