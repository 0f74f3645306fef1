import { hasRoomFor, isAboveBand } from '../grab/grab-limits.rules.js';
import { type Decision, decide } from '../grab/grab.rules.js';
import type { GrabRequest, LaneState, Refusal } from '../grab/lane.rules.js';
import { scopeOfNeed } from '../need/need.rules.js';

type JoinRefusal = { code: 'PLACES_LEFT' | 'FAIR_WINDOW_OPEN' } | Refusal;

/**
 * Why a bank may not wait; undefined when it may. Only the want of room lets a bank wait: everything else refuses it now
 * as it would refuse the grab. Where the exact amount decides whether there is room, it waits in either case, and is
 * placed within a second if there is: an answer here and a leaving of the line cost nothing, and would measure the need.
 */
export function refusalOfJoin(state: LaneState, request: GrabRequest): JoinRefusal | undefined {
  const need = state.needs.get(request.needId)!;
  const decision = decide(state, [request]).decisions[0]!;
  if (decision.kind === 'sealed') return { code: 'FAIR_WINDOW_OPEN' };
  if (decision.kind === 'granted' || isTooMuch(decision)) {
    const { id: institution, grade } = state.institutions.get(request.institutionId)!;
    const policy = state.limits.at(request.now, { ...scopeOfNeed(need), institution, grade });
    return hasRoomFor({ need, policy, request }) ? { code: 'PLACES_LEFT' } : undefined;
  }
  if (decision.kind !== 'refused') return undefined;
  const { refusal } = decision;
  if (refusal.code !== 'NEED_FULL' && refusal.code !== 'AMOUNT_EXHAUSTED') return refusal;
  if (need.heldBy.has(request.institutionId)) return { code: 'ALREADY_GRABBED' };
  if (need.queuedBy.has(request.institutionId)) return { code: 'ALREADY_QUEUED' };
  return isAboveBand(need, request) ? { code: 'INTENDED_ABOVE_BAND' } : undefined;
}

/** Nothing else speaks against the grab; to wait, a bank may intend "up to" more than the need. */
const isTooMuch = (decision: Decision): boolean =>
  decision.kind === 'refused' && decision.refusal.code === 'INTENDED_TOO_MUCH';
