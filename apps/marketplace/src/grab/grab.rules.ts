import { dayOf, type Fen } from '@app/kernel';

import { placesOf, type Policy, type Scope } from '../limit/limit.rules.js';
import { isOnBoard } from '../need/need.rules.js';
import { clocksOf } from './case.rules.js';
import { type Ask, entryRefusal, grabRefusal, grabsOn, intendedOf } from './grab-limits.rules.js';
import type { GrabRequest, LaneState, LockedCounter, LockedNeed, Refusal } from './lane.rules.js';

/** Copies of the service may be so far apart; a need from further in the future is not one that this copy can judge. */
const skewMsMax = 2_000;

export interface Grant {
  request: GrabRequest;
  need: LockedNeed;
  policy: Policy;
  contactBy: Date;
  evidenceBy: Date;
  decideBy: Date;
  authorisationId: string;
}

/** An entry for the draw: the bank takes part, and learns nothing. */
export interface Sealed {
  request: GrabRequest;
  need: LockedNeed;
  policy: Policy;
}

export type Decision =
  | { kind: 'granted'; grant: Grant }
  | { kind: 'sealed'; sealed: Sealed }
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

const isOpen = ({ status, suspendedAt, closesAt }: LockedNeed, now: Date): boolean =>
  isOnBoard(status) && suspendedAt === null && (closesAt === null || closesAt >= now);

/** Whether grabs of a need are taken as sealed entries; the bank with the exclusive window before it does not wait. */
const isSealed = ({ sealedUntil, drawnAt }: LockedNeed): boolean => sealedUntil !== null && drawnAt === null;

/** Whether this bank may look at a need alone now. */
const hasWindow = ({ exclusiveInstitutionId, exclusiveUntil }: LockedNeed, bankId: string, now: Date): boolean =>
  exclusiveInstitutionId === bankId && exclusiveUntil !== null && now <= exclusiveUntil;

class Work {
  readonly needs: Copies<LockedNeed>;
  readonly institutions: Copies<LockedCounter>;
  readonly managers: Copies<LockedCounter>;
  private readonly granted = new Map<string, { index: number; fingerprint: string }>();
  /** Banks that entered the draw of a need earlier in this batch. */
  private readonly entered = new Set<string>();

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
    const decision = this.decideAsk(this.askOf(request), consent.authorisationId);
    if (decision.kind !== 'refused') this.granted.set(request.claim, { index, fingerprint: request.fingerprint });
    return decision;
  }

  private decideAsk(ask: Ask, authorisationId: string): Decision {
    const { request, need, policy } = ask;
    const { version } = policy;
    if (request.limitVersion !== undefined && request.limitVersion !== version)
      return { kind: 'refused', refusal: { code: 'STALE_LIMITS', version } };
    if (request.via === 'GRAB' && isSealed(need) && !hasWindow(need, request.institutionId, request.now))
      return this.seal(ask);
    const refusal = grabRefusal(ask);
    return refusal ? { kind: 'refused', refusal } : { kind: 'granted', grant: this.grant(ask, authorisationId) };
  }

  private seal(ask: Ask): Decision {
    const { request, need, policy } = ask;
    if (request.now > need.sealedUntil!) return { kind: 'refused', refusal: { code: 'DRAW_PENDING' } };
    const entry = `${need.id} ${request.institutionId}`;
    const refusal = this.entered.has(entry) ? { code: 'ALREADY_QUEUED' as const } : entryRefusal(ask);
    if (refusal) return { kind: 'refused', refusal };
    this.entered.add(entry);
    return { kind: 'sealed', sealed: { request, need, policy } };
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

  /** Whether the need is there, and open to this bank. */
  private refuseNeed(request: GrabRequest): Refusal | undefined {
    const { institutionId, now } = request;
    const need = this.needs.seen(request.needId);
    if (!need || need.status === 'DRAFT' || need.status === 'SUBMITTED') return { code: 'NEED_NOT_FOUND' };
    if (!isOpen(need, now)) return { code: 'NEED_CLOSED' };
    if (need.publishedAt && need.publishedAt.getTime() > now.getTime() + skewMsMax) return { code: 'CLOCK_SKEW' };
    const { exclusiveUntil: until } = need;
    return until && now <= until && !hasWindow(need, institutionId, now)
      ? { code: 'EXCLUSIVE_WINDOW', until }
      : undefined;
  }

  private askOf(request: GrabRequest): Ask {
    const need = this.needs.seen(request.needId)!;
    const institution = this.institutions.seen(request.institutionId)!;
    return {
      request,
      policy: this.state.limits.at(request.now, scopeOf(need, institution)),
      need,
      institution,
      manager: this.managers.seen(request.managerId)!,
      today: dayOf(request.now),
    };
  }

  private grant({ request: asked, policy, today }: Ask, authorisationId: string): Grant {
    const need = this.needs.toChange(asked.needId);
    const intendedFen = intendedOf(need, asked);
    const request = intendedFen === asked.intendedFen ? asked : { ...asked, intendedFen };
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
    if (request.via === 'DRAW') this.institutions.toChange(request.institutionId).drawnToday += 1;
    return { request, need, policy, ...clocks, authorisationId };
  }
}

const scopeOf = ({ productId, district }: LockedNeed, { id, grade }: LockedCounter): Scope => ({
  institution: id,
  product: productId,
  district,
  grade,
});

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
