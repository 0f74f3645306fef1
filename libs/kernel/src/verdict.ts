/**
 * Why a rule decided as it did. `code` is stable and for programs, `zh` and `en` are for people; no personal data in
 * any.
 */
export interface Reason {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface Verdict {
  readonly eligible: boolean;
  readonly reasons: readonly Reason[];
}

/**
 * A verdict from the reasons that speak against: none means eligible. `false` stands for a condition that holds.
 */
export function verdictOf(against: readonly (Reason | false)[]): Verdict {
  const reasons = against.filter((reason): reason is Reason => reason !== false);
  return { eligible: reasons.length === 0, reasons };
}
