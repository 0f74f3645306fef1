import { BrokenInvariant, type Fen, parseFen } from '@app/kernel';

type Kind = 'flag' | 'count' | 'fen';

interface Parameter {
  kind: Kind;
  /** Bounds of a count: what is outside is a typing error and not a policy. */
  min?: number;
  max?: number;
}

const flag = { kind: 'flag' } as const;
const count = (min: number, max: number) => ({ kind: 'count', min, max }) as const;

/** Every parameter of the market [design]; the values are data in limit_change. */
export const parameters = {
  placesLimited: flag,
  amountLimited: flag,
  openGrabsLimited: flag,
  maxGrabsPerNeed: count(1, 1_000_000),
  overSubscriptionBp: count(10_000, 100_000_000),
  maxOpenGrabsPerInstitution: count(1, 10_000_000),
  maxOpenGrabsPerManager: count(1, 10_000_000),
  maxDailyGrabsPerInstitution: count(1, 10_000_000),
  maxDailyGrabsPerManager: count(1, 10_000_000),
  needOpenDays: count(1, 365),
  needExtensionDays: count(1, 365),
  maxNeedExtensions: count(0, 12),
  maxOpenNeedsPerEnterprise: count(1, 1_000),
  firstContactWorkdays: count(1, 60),
  evidenceWorkdays: count(1, 60),
  decisionWorkdays: count(1, 250),
  smallDecisionWorkdays: count(1, 250),
  smallNeedMaxFen: { kind: 'fen' },
  drawdownDays: count(1, 730),
  payoutFeedbackWorkdays: count(0, 60),
  lapsesToSuspend: count(1, 1_000),
  lapseWindowDays: count(1, 365),
  suspensionDays: count(0, 365),
  freeWithdrawals: count(0, 1_000),
  withdrawalWindowDays: count(1, 365),
  withdrawalPenaltyDays: count(0, 365),
  exclusiveWindowMinutes: count(0, 10_000),
  fitRateWeight: count(0, 100),
  fitBandWeight: count(0, 100),
  fitAmountWeight: count(0, 100),
  fitTermWeight: count(0, 100),
  fitFamilyWeight: count(0, 100),
  maxSearchesPerPerson: count(1, 1_000),
  maxSearchAlertsPerDay: count(0, 10_000),
  searchDigestHour: count(0, 23),
  maxListingEntries: count(1, 10_000),
  listingBanksPerEntry: count(1, 1_000),
  listingOpenPerInstitution: count(1, 10_000),
  maxCampaignTargets: count(1, 10_000),
  firstLoanIdleDays: count(1, 365),
  firstLoanOpenPerInstitution: count(1, 10_000),
  firstLoanWeightA: count(0, 1_000),
  firstLoanWeightB: count(0, 1_000),
  firstLoanWeightC: count(0, 1_000),
  firstLoanWeightD: count(0, 1_000),
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;
export const parameterNames = Object.keys(parameters) as ParameterName[];

interface ValueOf {
  flag: boolean;
  count: number;
  fen: Fen;
}
type Values = { [N in ParameterName]: ValueOf[(typeof parameters)[N]['kind']] };

/** All limits as they are at one instant. */
export interface Policy extends Values {
  /** Number of the change that took effect last: names the whole set, as changes never reach into the past. */
  version: number;
}

/** One approved value, as limit_change keeps it. */
export interface ApprovedValue {
  what: string;
  value: unknown;
  effectiveFrom: Date;
  version: number;
}

/** What is wrong with a value for a parameter, in words; undefined when it fits. */
export function faultOfValue(name: ParameterName, value: unknown): string | undefined {
  const parameter: Parameter = parameters[name];
  if (parameter.kind === 'flag') return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (parameter.kind === 'fen')
    return typeof value === 'string' && parseFen(value) !== undefined ? undefined : 'must be a string of whole fen';
  const { min = 0, max = 0 } = parameter;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
    ? undefined
    : `must be a whole number from ${min} to ${max}`;
}

/** The changes in the order in which they take effect. */
export const inOrder = (changes: readonly ApprovedValue[]): ApprovedValue[] =>
  changes.toSorted((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime() || a.version - b.version);

/** Folds the approved changes into the limits in force at an instant. Throws BrokenInvariant when one was never set. */
export function policyAt(changes: readonly ApprovedValue[], at: Date): Policy {
  const policy: Record<string, unknown> = {};
  let version = 0;
  for (const change of inOrder(changes)) {
    if (change.effectiveFrom.getTime() > at.getTime()) break;
    policy[change.what] = change.value;
    version = change.version;
  }
  for (const name of parameterNames) {
    const fault = faultOfValue(name, policy[name]);
    if (fault) throw new BrokenInvariant(`limit ${name} at ${at.toISOString()}: ${fault}`);
    if (parameters[name].kind === 'fen') policy[name] = BigInt(String(policy[name]));
  }
  return { ...(policy as unknown as Values), version };
}

/** The most that any need, bank or manager holds now, of what a limit caps. */
export interface Granted {
  grabsPerNeed: number;
  subscriptionBp: number;
  openPerInstitution: number;
  openPerManager: number;
}

export interface BelowGranted {
  what: ParameterName;
  limit: number;
  granted: number;
}

/** Limits that would lie below what is already granted: a limit bounds new grabs and takes nothing back. */
export function belowGranted(policy: Policy, granted: Granted): BelowGranted[] {
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

/** Places of a need; null when the number of banks is not limited. */
export const placesOf = (policy: Policy): number | null => (policy.placesLimited ? policy.maxGrabsPerNeed : null);

/** What intended amounts may sum to; null when the amount is not limited. Rounded down to the fen. */
export const intendedMaxOf = (policy: Policy, amountFen: Fen): Fen | null =>
  policy.amountLimited ? (((amountFen * BigInt(policy.overSubscriptionBp)) / 10_000n) as Fen) : null;
