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
 * The same over all scopes, for a change from one set of limits to another: what lay below before the change is not its
 * fault.
 */
export function freshlyBelow(
  before: (scope: Scope) => Policy,
  after: (scope: Scope) => Policy,
  all: readonly Granted[],
): BelowGranted[] {
  return all.flatMap((granted) => {
    const known = new Set(belowGranted(before(granted.scope), granted).map(({ what, limit }) => `${what} ${limit}`));
    return belowGranted(after(granted.scope), granted).filter(({ what, limit }) => !known.has(`${what} ${limit}`));
  });
}
