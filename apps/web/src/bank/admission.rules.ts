export const admissionFields = {
  tier: 'text',
  scoreBand: 'text',
  score: 'number',
  titles: 'list',
  district: 'text',
  industry2: 'text',
  industry: 'text',
  status: 'text',
  amountFen: 'money',
  termMonths: 'number',
  security: 'text',
  annualRateBpMax: 'number',
} as const;
export type Field = keyof typeof admissionFields;

const numeric = ['gte', 'lte', 'gt', 'lt', 'eq', 'ne'] as const;
export const operatorsOf = {
  text: ['in', 'notIn', 'eq', 'ne', 'startsWith', 'notStartsWith'],
  list: ['hasAny', 'hasNone'],
  number: numeric,
  money: numeric,
} as const;
export type Operator = (typeof operatorsOf)[keyof typeof operatorsOf][number];

export interface Condition {
  readonly field: Field;
  readonly op: Operator;
  readonly value: string | number | readonly string[];
}
export type Admission =
  | { readonly all: readonly Admission[] }
  | { readonly any: readonly Admission[] }
  | { readonly not: Admission }
  | Condition;

/** One line of the simple editor: what somebody typed, before it is a condition. */
export interface ConditionLine {
  readonly field: Field;
  readonly op: Operator;
  /** Whole fen for money, digits for numbers, values with commas between them for lists. */
  readonly value: string;
}

const lists = new Set<Operator>(['in', 'notIn', 'startsWith', 'notStartsWith', 'hasAny', 'hasNone']);
export const takesList = (op: Operator): boolean => lists.has(op);

const isCondition = (rule: Admission): rule is Condition => 'field' in rule;

/** The lines of a rule that the simple editor can show: one condition, or several of which all must hold; else null. */
export function linesOf(rule: Admission | null | undefined): ConditionLine[] | null {
  if (!rule) return [];
  const parts = 'all' in rule ? rule.all : [rule];
  if (!parts.every(isCondition)) return null;
  return parts.map(({ field, op, value }) => ({
    field,
    op,
    value: Array.isArray(value) ? value.join(',') : String(value),
  }));
}

function valueOf({ field, op, value }: ConditionLine): Condition['value'] | undefined {
  const typed = value.trim();
  if (typed === '') return undefined;
  if (takesList(op))
    return typed
      .split(/[,，、]/)
      .map((one) => one.trim())
      .filter(Boolean);
  if (admissionFields[field] !== 'number') return typed;
  return /^-?\d{1,9}$/.test(typed) ? Number(typed) : undefined;
}

/** The rule of the lines: nothing for no lines, and null while one of them has no value. */
export function ruleOf(lines: readonly ConditionLine[]): Admission | undefined | null {
  const conditions: Condition[] = [];
  for (const line of lines) {
    const value = valueOf(line);
    if (value === undefined) return null;
    conditions.push({ field: line.field, op: line.op, value });
  }
  return conditions.length === 0 ? undefined : { all: conditions };
}
