import type { LimitBook } from './limit-book.rules.js';
import { everywhere, type ParameterName, type Policy, type Scope } from './limit.rules.js';

/** The most that is held now within one scope, of what a limit caps; what a scope does not speak of is 0. */
export interface Granted {
  scope: Scope;
  grabsPerNeed: number;
  subscriptionBp: number;
  openPerInstitution: number;
  openPerManager: number;
}

export const nothingGranted: Granted = {
  scope: everywhere,
  grabsPerNeed: 0,
  subscriptionBp: 0,
  openPerInstitution: 0,
  openPerManager: 0,
};

export interface BelowGranted {
  what: ParameterName;
  limit: number;
  granted: number;
}

/** Limits that would lie below what is already granted: a limit bounds new grabs and takes nothing back. */
export function belowGranted(policy: Policy, granted: Omit<Granted, 'scope'>): BelowGranted[] {
  const caps: [on: boolean, what: ParameterName, limit: number, granted: number][] = [
    [policy.placesLimited, 'maxGrabsPerNeed', policy.maxGrabsPerNeed, granted.grabsPerNeed],
    [policy.amountLimited, 'overSubscriptionBp', policy.overSubscriptionBp, granted.subscriptionBp],
    [
      policy.openGrabsLimited,
      'maxOpenGrabsPerInstitution',
      policy.maxOpenGrabsPerInstitution,
      granted.openPerInstitution,
    ],
    [policy.openGrabsLimited, 'maxOpenGrabsPerManager', policy.maxOpenGrabsPerManager, granted.openPerManager],
  ];
  return caps
    .filter(([on, , limit, held]) => on && held > limit)
    .map(([, what, limit, held]) => ({ what, limit, granted: held }));
}

/**
 * The same over all scopes, for a change that takes effect at an instant: looked at then, and whenever something that is
 * planned for later meets it, such as a switch that is turned on. What lay below before the change is not its fault.
 */
export function freshlyBelow(before: LimitBook, after: LimitBook, from: Date, all: readonly Granted[]): BelowGranted[] {
  const below = after.turnsFrom(from).flatMap((instant) =>
    all.flatMap((granted) => {
      const known = new Set(belowGranted(before.at(instant, granted.scope), granted).map(nameOf));
      return belowGranted(after.at(instant, granted.scope), granted).filter((one) => !known.has(nameOf(one)));
    }),
  );
  return [...new Map(below.map((one) => [nameOf(one), one])).values()];
}

/** A limit that came into force below what was granted: the lowest that does, the most that is held, and by how many. */
export interface HeldAbove extends BelowGranted {
  holders: number;
}

/**
 * What is held above the limits from the instant at which a change comes into force, and was not above them before. Each
 * entry of `all` is one need, one institution or one manager.
 */
export function heldAbove(before: LimitBook, after: LimitBook, from: Date, all: readonly Granted[]): HeldAbove[] {
  const found = new Map<ParameterName, HeldAbove>();
  for (const one of all) {
    const known = new Set(belowGranted(before.at(from, one.scope), one).map(({ what }) => what));
    for (const { what, limit, granted } of belowGranted(after.at(from, one.scope), one)) {
      if (known.has(what)) continue;
      const sum = found.get(what) ?? { what, limit, granted, holders: 0 };
      sum.limit = Math.min(sum.limit, limit);
      sum.granted = Math.max(sum.granted, granted);
      sum.holders += 1;
      found.set(what, sum);
    }
  }
  return [...found.values()];
}

const nameOf = ({ what, limit, granted }: BelowGranted): string => `${what} ${limit} ${granted}`;
