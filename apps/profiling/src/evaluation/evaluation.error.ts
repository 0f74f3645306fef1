import { InvalidInput } from '@app/kernel';

/** Names the rule sets that there are, so that a slip of the pen is mended at once. */
export class UnknownRuleSet extends InvalidInput {
  override readonly code = 'PROFILING.UNKNOWN_RULE_SET';
  constructor(known: readonly string[]) {
    super([{ pointer: '/ruleSet', detail: `must be one of ${known.join(', ')}` }], 'There is no such rule set.');
  }
}

export class RuleSetNotInForce extends InvalidInput {
  override readonly code = 'PROFILING.RULE_SET_NOT_IN_FORCE';
  constructor() {
    super(
      [{ pointer: '/asOf', detail: 'no version of the rule set was in force on this day' }],
      'No version of the rule set was in force on this day.',
    );
  }
}
