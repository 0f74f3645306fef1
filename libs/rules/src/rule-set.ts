import type { Day, Reason } from '@app/kernel';

import type { FigureError } from './figures.js';

/** true, false, or null for "not known". */
export type Known = boolean | null;

export type EvaluationVerdict = 'PASS' | 'FAIL' | 'NEEDS_EXPERT';

/** How a pass was reached: by points, or by a title that makes points unnecessary. */
export type EvaluationRoute = 'SCORE' | 'DIRECT';

/** What a rule set says about one enterprise. The same figures and version give the same answer for ever. */
export interface Evaluation {
  readonly ruleSet: string;
  readonly ruleSetVersion: string;
  readonly asOf: Day;
  readonly verdict: EvaluationVerdict;
  /** Set on PASS only. Where both ways lead there, SCORE. */
  readonly route: EvaluationRoute | null;
  /** Given even when a gate fails; null when a part of it cannot be computed. */
  readonly total: number | null;
  readonly scoreGate: Known;
  readonly directPass: Known;
  readonly gates: Readonly<Record<string, Known>>;
  readonly points: Readonly<Record<string, number | null>>;
  readonly reasons: readonly Reason[];
}

/**
 * When a version of a rule is the law, and where it stands. Both days belong to it; null is "until further notice".
 */
export interface TermsInForce {
  readonly version: string;
  readonly effectiveFrom: Day;
  readonly effectiveTo: Day | null;
  readonly source: string;
}

/** One version of a rule set, ready to run. */
export interface RuleSet extends TermsInForce {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Judges figures as a client supplied them; pointers start at the figures. */
  judge(supplied: unknown): { readonly evaluation: Evaluation } | { readonly errors: readonly FigureError[] };
}

/** Why there is no rule set: the code is none of ours, or no version of it was in force on that day. */
export type RuleSetLookup =
  | { readonly ruleSet: RuleSet }
  | { readonly missing: 'UNKNOWN_RULE_SET' | 'NOT_IN_FORCE'; readonly known: readonly string[] };

/** The version in force on `asOf`, or undefined. */
export function termsFor<T extends TermsInForce>(versions: readonly T[], asOf: Day): T | undefined {
  return versions.find(({ effectiveFrom, effectiveTo }) => {
    return effectiveFrom <= asOf && (effectiveTo === null || asOf <= effectiveTo);
  });
}
