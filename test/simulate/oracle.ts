import { dayOf } from '@app/kernel';

import type { Attempt } from './attempt.js';
import type { Standing, StandingNeed } from './standing.js';

/** The limits that the simulated operators set; the rest stays at the first values. */
export interface Caps {
  maxGrabsPerNeed: number;
  overSubscriptionBp: number;
  maxOpenGrabsPerInstitution: number;
  maxOpenGrabsPerManager: number;
  maxDailyGrabsPerInstitution: number;
  maxDailyGrabsPerManager: number;
}

/** Told to everybody of a batch whose connection broke, whether it was committed or not. */
export const unavailable = 'MARKETPLACE.UNAVAILABLE';

export type Expected =
  | { kind: 'granted' }
  | { kind: 'replayed'; grabId: string }
  | { kind: 'refused'; codes: string[] };

/**
 * What must come out of attempts that arrive in this order, told by a second, simpler telling of the rules that shares no
 * code with the market: it counts rows and keeps no counters. `standing` is changed by what it grants.
 * @param lost places in the list of attempts that came to nothing with their batch: they take no room from those behind them
 */
export function expect(
  attempts: readonly Attempt[],
  standing: Standing,
  caps: Caps,
  lost: ReadonlySet<number> = new Set(),
): Expected[] {
  const given = new Map<string, { body: string; index: number }>();
  return attempts.map((attempt, index): Expected => {
    if (lost.has(index)) return { kind: 'refused', codes: [unavailable] };
    const body = bodyOf(attempt);
    const before = standing.answers.get(attempt.claimText);
    if (before) return before.body === body ? { kind: 'replayed', grabId: before.grabId } : reused;
    const inBatch = given.get(attempt.claimText);
    if (inBatch) return inBatch.body === body ? { kind: 'replayed', grabId: `#${inBatch.index}` } : reused;
    const codes = reasonsAgainst(attempt, standing, caps);
    if (codes.length > 0) return { kind: 'refused', codes };
    given.set(attempt.claimText, { body, index });
    take(attempt, standing);
    return { kind: 'granted' };
  });
}

const reused: Expected = { kind: 'refused', codes: ['IDEMPOTENCY.KEY_REUSED'] };
export const bodyOf = ({ needId, intendedFen }: Attempt): string => `${needId} ${intendedFen}`;

/** Every rule that speaks against it; the market may name any of them. */
function reasonsAgainst(attempt: Attempt, standing: Standing, caps: Caps): string[] {
  if (attempt.forged) return ['AUTH.NOT_SIGNED_IN'];
  const suspended = standing.suspendedUntil.get(attempt.manager.viewer.organisation.id);
  const cooling = suspended && suspended >= attempt.now ? ['MARKETPLACE.COOLING_DOWN'] : [];
  const need = standing.needs.get(attempt.needId);
  if (!need || need.status === 'DRAFT' || need.status === 'SUBMITTED')
    return [...cooling, 'MARKETPLACE.NEED_NOT_FOUND'];
  return [...cooling, ...reasonsOfNeed(attempt, need, caps), ...reasonsOfCounts(attempt, standing, caps)];
}

function reasonsOfNeed({ manager, intendedFen, now }: Attempt, need: StandingNeed, caps: Caps): string[] {
  const closed = need.closesAt !== null && need.closesAt < now;
  const offBoard = !['PUBLISHED', 'FULL'].includes(need.status) || need.suspendedAt !== null || !need.consented;
  const most = (need.amountFen * BigInt(caps.overSubscriptionBp)) / 10_000n;
  const counted = least(intendedFen, need.amountFen);
  return namesOf({
    'MARKETPLACE.NEED_CLOSED': closed || offBoard,
    INVALID_INPUT: intendedFen > need.amountFen,
    'MARKETPLACE.NEED_FULL': need.open + need.line.size >= caps.maxGrabsPerNeed,
    'MARKETPLACE.AMOUNT_EXHAUSTED': need.intendedFen + counted > most,
    'MARKETPLACE.ALREADY_QUEUED': need.line.has(manager.viewer.organisation.id),
    'MARKETPLACE.ALREADY_GRABBED': need.everHeldBy.has(manager.viewer.organisation.id),
  });
}

function reasonsOfCounts({ manager, now }: Attempt, standing: Standing, caps: Caps): string[] {
  const bank = standing.counted(manager.viewer.organisation.id, dayOf(now));
  const own = standing.counted(manager.viewer.personId, dayOf(now));
  return namesOf({
    'MARKETPLACE.INSTITUTION_LIMIT':
      bank.open >= caps.maxOpenGrabsPerInstitution || bank.today >= caps.maxDailyGrabsPerInstitution,
    'MARKETPLACE.MANAGER_LIMIT': own.open >= caps.maxOpenGrabsPerManager || own.today >= caps.maxDailyGrabsPerManager,
  });
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const namesOf = (found: Readonly<Record<string, boolean>>): string[] =>
  Object.keys(found).filter((name) => found[name]);

function take({ needId, intendedFen, manager, now }: Attempt, standing: Standing): void {
  const need = standing.needs.get(needId)!;
  const { viewer } = manager;
  need.open += 1;
  need.intendedFen += least(intendedFen, need.amountFen);
  need.everHeldBy.add(viewer.organisation.id);
  for (const id of [viewer.organisation.id, viewer.personId]) {
    const count = standing.counted(id, dayOf(now));
    count.open += 1;
    count.today += 1;
  }
}
