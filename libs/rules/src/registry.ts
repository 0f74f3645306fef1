import type { Day } from '@app/kernel';

import type { RuleSet, RuleSetLookup } from './rule-set.js';
import { technologySmeCode, technologySmeRuleSet } from './technology-sme/evaluate-technology-sme.js';

/** One line per rule set. */
const makers: ReadonlyMap<string, (asOf: Day) => RuleSet | undefined> = new Map([
  [technologySmeCode, technologySmeRuleSet],
]);

/** The codes of all rule sets, whatever the day. */
export const ruleSets: readonly string[] = [...makers.keys()];

/** The version of a rule set that was in force on `asOf`; says by name why there is none. */
export function ruleSetFor(code: string, asOf: Day): RuleSetLookup {
  const make = makers.get(code);
  if (make === undefined) return { missing: 'UNKNOWN_RULE_SET', known: ruleSets };
  const ruleSet = make(asOf);
  return ruleSet === undefined ? { missing: 'NOT_IN_FORCE', known: ruleSets } : { ruleSet };
}
