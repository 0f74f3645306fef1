import type { Known } from '@app/rules';

import type { AdmissionRule, Condition } from './admission.rules.js';
import type { Facts, Range } from './facts.rules.js';
import { opposites } from './vocabulary.rules.js';

/** A rule ready to run: true, false, or null when a fact that decides is not known. Null never counts as passed. */
export type Test = (facts: Facts) => Known;

/** A rule without `not`: the negation has moved into the comparisons, so that each can be told as it is. */
export type PlainRule = { all: readonly PlainRule[] } | { any: readonly PlainRule[] } | Condition;

export function plain(rule: AdmissionRule, negated = false): PlainRule {
  if ('not' in rule) return plain(rule.not, !negated);
  if ('field' in rule) return negated ? { ...rule, op: opposites[rule.op] } : rule;
  const parts = ('all' in rule ? rule.all : rule.any).map((part) => plain(part, negated));
  return 'all' in rule !== negated ? { all: parts } : { any: parts };
}

/** Compiles once; runs some ten million times in a matching round, so that a run allocates nothing. */
export function compile(rule: PlainRule): Test {
  if ('field' in rule) return testOf(rule);
  if ('all' in rule) return allOf(rule.all.map(compile));
  return anyOf(rule.any.map(compile));
}

/** False as soon as one is false; otherwise unknown when one is unknown (Kleene). */
function allOf(tests: readonly Test[]): Test {
  return (facts) => {
    let result: Known = true;
    for (const test of tests) {
      const one = test(facts);
      if (one === false) return false;
      if (one === null) result = null;
    }
    return result;
  };
}

function anyOf(tests: readonly Test[]): Test {
  return (facts) => {
    let result: Known = false;
    for (const test of tests) {
      const one = test(facts);
      if (one === true) return true;
      if (one === null) result = null;
    }
    return result;
  };
}

type TextField = 'district' | 'industry' | 'industry2' | 'tier' | 'scoreBand' | 'status' | 'security';
type NumberField = 'score' | 'amountFen' | 'termMonths' | 'annualRateBpMax';

function testOf({ field, op, value }: Condition): Test {
  const values = new Set(Array.isArray(value) ? (value as readonly string[]) : [String(value)]);
  const starts = [...values];
  const on = (check: (text: string) => boolean): Test => {
    const name = field as TextField;
    return (facts) => {
      const text = facts[name];
      return text === null ? null : check(text);
    };
  };
  const onTitles = (want: boolean): Test => {
    return ({ titles }) => (titles === null ? null : titles.some((title) => values.has(title)) === want);
  };
  if (field === 'titles') return onTitles(op === 'hasAny');
  if (op === 'in') return on((text) => values.has(text));
  if (op === 'notIn') return on((text) => !values.has(text));
  if (op === 'startsWith') return on((text) => starts.some((start) => text.startsWith(start)));
  if (op === 'notStartsWith') return on((text) => !starts.some((start) => text.startsWith(start)));
  if (isNumeric(field)) return numberTest(field, op, Number(value));
  return op === 'eq' ? on((text) => text === value) : on((text) => text !== value);
}

const isNumeric = (field: string): field is NumberField =>
  ['score', 'amountFen', 'termMonths', 'annualRateBpMax'].includes(field);

/** A range passes when all of it does, fails when none of it does, and is unknown otherwise. */
const comparisons: Partial<Record<Condition['op'], (range: Range, limit: number) => Known>> = {
  gte: ({ low, high }, limit) => (low >= limit ? true : high < limit ? false : null),
  gt: ({ low, high }, limit) => (low > limit ? true : high <= limit ? false : null),
  lte: ({ low, high }, limit) => (high <= limit ? true : low > limit ? false : null),
  lt: ({ low, high }, limit) => (high < limit ? true : low >= limit ? false : null),
  eq: ({ low, high }, limit) => (limit < low || limit > high ? false : low === high ? true : null),
  ne: ({ low, high }, limit) => (limit < low || limit > high ? true : low === high ? false : null),
};

function numberTest(field: NumberField, op: Condition['op'], limit: number): Test {
  const compare = comparisons[op]!;
  return (facts) => {
    const range = facts[field];
    return range === null ? null : compare(range, limit);
  };
}
