import { BrokenInvariant, type Fen, parseFen } from '@app/kernel';

type Kind = 'flag' | 'count' | 'fen';

/** What an override may speak of. */
export const dimensions = ['institution', 'product', 'district', 'grade'] as const;
export type Dimension = (typeof dimensions)[number];

/** Grades of a bank's service, the best first. */
export const grades = ['A', 'B', 'C', 'D'] as const;

interface Parameter {
  kind: Kind;
  /** Bounds of a count: what is outside is a typing error and not a policy. */
  min?: number;
  max?: number;
  /** By what it may be overridden; nothing when it is one value for the whole market. */
  by?: readonly Dimension[];
}

const flag = { kind: 'flag' } as const;
const count = (min: number, max: number) => ({ kind: 'count', min, max }) as const;
/** Limits of a need go by its product and its district; those of a bank by its grade, or name one bank. */
const byNeed = { by: ['product', 'district'] } as const;
const byBank = { by: ['institution', 'grade'] } as const;
const byName = { by: ['institution'] } as const;

/** Every parameter of the market [design]; the values are data in limit_change. */
export const parameters = {
  placesLimited: { ...flag, ...byNeed },
  amountLimited: { ...flag, ...byNeed },
  openGrabsLimited: flag,
  maxGrabsPerNeed: { ...count(1, 1_000_000), ...byNeed },
  overSubscriptionBp: { ...count(10_000, 100_000_000), ...byNeed },
  maxOpenGrabsPerInstitution: { ...count(1, 10_000_000), ...byBank },
  maxOpenGrabsPerManager: { ...count(1, 10_000_000), ...byBank },
  maxDailyGrabsPerInstitution: { ...count(1, 10_000_000), ...byBank },
  maxDailyGrabsPerManager: { ...count(1, 10_000_000), ...byBank },
  singleHouseholdMaxFen: { kind: 'fen', ...byBank },
  needOpenDays: { ...count(1, 365), ...byNeed },
  needExtensionDays: { ...count(1, 365), ...byNeed },
  maxNeedExtensions: { ...count(0, 12), ...byNeed },
  maxOpenNeedsPerEnterprise: count(1, 1_000),
  firstContactWorkdays: { ...count(1, 60), ...byNeed },
  evidenceWorkdays: { ...count(1, 60), ...byNeed },
  decisionWorkdays: { ...count(1, 250), ...byNeed },
  smallDecisionWorkdays: { ...count(1, 250), ...byNeed },
  smallNeedMaxFen: { kind: 'fen', ...byNeed },
  drawdownDays: count(1, 730),
  payoutFeedbackWorkdays: count(0, 60),
  lapsesToSuspend: count(1, 1_000),
  lapseWindowDays: count(1, 365),
  suspensionDays: count(0, 365),
  freeWithdrawals: count(0, 1_000),
  withdrawalWindowDays: count(1, 365),
  withdrawalPenaltyDays: count(0, 365),
  maxPauseWorkdays: count(0, 250),
  maxOperatorPauseWorkdays: count(0, 250),
  reminderWorkdays: count(0, 30),
  reminderHours: count(0, 720),
  reofferWorkdays: count(0, 60),
  complaintAnswerWorkdays: count(1, 60),
  exclusiveWindowMinutes: { ...count(0, 10_000), ...byNeed },
  directedWindowWorkdays: { ...count(0, 60), ...byNeed },
  houseBankWindowWorkdays: { ...count(0, 60), ...byNeed },
  fairWindowSeconds: { ...count(0, 86_400), ...byNeed },
  wishedFairWindowSeconds: { ...count(1, 86_400), ...byNeed },
  drawDailyQuota: { ...count(0, 10_000_000), ...byBank },
  maxWaitingPerNeed: { ...count(0, 10_000), ...byNeed },
  maxWaitingPerInstitution: { ...count(0, 10_000_000), ...byBank },
  headroomFirstBp: count(1, 10_000),
  headroomSecondBp: count(1, 10_000),
  institutionRequestsPerSecond: { ...count(1, 1_000_000), ...byName },
  personRequestsPerSecond: { ...count(1, 1_000_000), ...byName },
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

/** What a decision is about, as far as overrides go by it. */
export type Scope = Readonly<Record<Dimension, string | null>>;
export const everywhere: Scope = { institution: null, product: null, district: null, grade: null };

/** All limits as they are at one instant, for one scope. */
export interface Policy extends Values {
  /** Number of the change that took effect last: names the whole set, as changes never reach into the past. */
  version: number;
  /** The change that each value comes from: the market's own, or the override that was the most specific. */
  applied: ReadonlyMap<string, ApprovedValue>;
}

/** One approved value, as limit_change keeps it. */
export interface ApprovedValue {
  what: string;
  /** null ends an override: what is less specific holds again. */
  value: unknown;
  effectiveFrom: Date;
  version: number;
  /** Where it holds; absent or all null for the whole market. */
  scope?: Scope;
}

/**
 * How specific an override is: the higher one wins. A named bank before everything, then product and district together,
 * product, district, and last the grade of the bank.
 */
const weights: Record<Dimension, number> = { institution: 8, product: 4, district: 2, grade: 1 };
export const specificityOf = (scope: Scope = everywhere): number =>
  dimensions.reduce((sum, one) => (scope[one] === null ? sum : sum + weights[one]), 0);

/** What is wrong with a scope for a parameter; undefined when it fits. */
export function faultOfScope(name: ParameterName, scope: Scope): string | undefined {
  const { by = [] }: Parameter = parameters[name];
  const wrong = dimensions.filter((one) => scope[one] !== null && !by.includes(one));
  if (wrong.length === 0) return undefined;
  return by.length === 0 ? 'is one value for the whole market' : `may differ by ${by.join(', ')} only`;
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
export const inOrder = <C extends ApprovedValue>(changes: readonly C[]): C[] =>
  changes.toSorted((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime() || a.version - b.version);

/**
 * Folds the approved changes into the limits in force at an instant, for one scope. Of each parameter the most specific
 * value holds, and of equally specific ones the latest. Throws BrokenInvariant when one was never set.
 */
export function policyAt(changes: readonly ApprovedValue[], at: Date, scope: Scope = everywhere): Policy {
  const standing = new Map<string, ApprovedValue>();
  let version = 0;
  for (const change of inOrder(changes)) {
    if (change.effectiveFrom.getTime() > at.getTime()) break;
    version = change.version;
    if (covers(change.scope, scope)) standing.set(`${change.what} ${specificityOf(change.scope)}`, change);
  }
  const applied = mostSpecific([...standing.values()]);
  const policy: Record<string, unknown> = {};
  for (const name of parameterNames) {
    const value = applied.get(name)?.value;
    const fault = faultOfValue(name, value);
    if (fault) throw new BrokenInvariant(`limit ${name} at ${at.toISOString()}: ${fault}`);
    policy[name] = parameters[name].kind === 'fen' ? BigInt(String(value)) : value;
  }
  return { ...(policy as unknown as Values), version, applied };
}

/** Whether an override holds for a scope: everything that it names must be so. */
const covers = (override: Scope = everywhere, scope: Scope): boolean =>
  dimensions.every((one) => override[one] === null || override[one] === scope[one]);

function mostSpecific(standing: readonly ApprovedValue[]): Map<string, ApprovedValue> {
  const applied = new Map<string, ApprovedValue>();
  const rising = standing.toSorted((a, b) => specificityOf(a.scope) - specificityOf(b.scope));
  for (const change of rising) if (change.value !== null) applied.set(change.what, change);
  return applied;
}

/** Places of a need; null when the number of banks is not limited. */
export const placesOf = (policy: Policy): number | null => (policy.placesLimited ? policy.maxGrabsPerNeed : null);

/** What intended amounts may sum to; null when the amount is not limited. Rounded down to the fen. */
export const intendedMaxOf = (policy: Policy, amountFen: Fen): Fen | null =>
  policy.amountLimited ? (((amountFen * BigInt(policy.overSubscriptionBp)) / 10_000n) as Fen) : null;
