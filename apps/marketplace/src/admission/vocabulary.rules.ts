/** What an admission rule may speak of: published facts of the profile and the need's own figures, and nothing else. */
export type FieldKind = 'text' | 'list' | 'number' | 'money';

interface Field {
  kind: FieldKind;
  zh: string;
  en: string;
  /** Closed list of values, where there is one. */
  values?: readonly string[];
  pattern?: RegExp;
  /** A bank sees it before it has taken a place: as it is, or as a band. */
  onLead: boolean;
}

const bands = ['A', 'B', 'C', 'D', 'E'] as const;
const tiers = ['T1', 'T2', 'T3', 'T4', 'T5'] as const;

export const fields = {
  district: { kind: 'text', zh: '所在区县', en: 'district', pattern: /^\d{6}$/, onLead: true },
  industry: { kind: 'text', zh: '行业代码', en: 'industry code', pattern: /^[A-Z]\d{0,4}$/, onLead: false },
  industry2: { kind: 'text', zh: '行业大类', en: 'industry division', pattern: /^\d{2}$/, onLead: true },
  tier: { kind: 'text', zh: '科企梯次', en: 'tier', values: tiers, onLead: true },
  titles: { kind: 'list', zh: '资质称号', en: 'titles', onLead: false },
  score: { kind: 'number', zh: '创新积分', en: 'innovation score', onLead: false },
  scoreBand: { kind: 'text', zh: '创新积分档', en: 'innovation score band', values: bands, onLead: true },
  status: { kind: 'text', zh: '经营状态', en: 'registry status', onLead: false },
  amountFen: { kind: 'money', zh: '需求金额', en: 'amount needed', onLead: true },
  termMonths: { kind: 'number', zh: '期限（月）', en: 'term in months', onLead: true },
  security: {
    kind: 'text',
    zh: '担保方式',
    en: 'security',
    values: ['UNSECURED', 'GUARANTEE', 'MORTGAGE', 'PLEDGE', 'IP_PLEDGE'],
    onLead: true,
  },
  annualRateBpMax: { kind: 'number', zh: '可接受最高年利率（BP）', en: 'highest rate wanted (bp)', onLead: false },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;
export const fieldNames = Object.keys(fields) as FieldName[];
export const fieldOf = (name: FieldName): Field => fields[name];

/** Each operator with its opposite: a `not` is written away when a rule is compiled. */
export const opposites = {
  eq: 'ne',
  ne: 'eq',
  in: 'notIn',
  notIn: 'in',
  startsWith: 'notStartsWith',
  notStartsWith: 'startsWith',
  hasAny: 'hasNone',
  hasNone: 'hasAny',
  gte: 'lt',
  lt: 'gte',
  lte: 'gt',
  gt: 'lte',
} as const;

export type Operator = keyof typeof opposites;

const numeric: readonly Operator[] = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt'];
export const operatorsOf: Record<FieldKind, readonly Operator[]> = {
  text: ['eq', 'ne', 'in', 'notIn', 'startsWith', 'notStartsWith'],
  list: ['hasAny', 'hasNone'],
  number: numeric,
  money: numeric,
};

const listOperators: readonly Operator[] = ['in', 'notIn', 'startsWith', 'notStartsWith', 'hasAny', 'hasNone'];
export const takesList = (op: Operator): boolean => listOperators.includes(op);
