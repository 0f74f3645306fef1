import { type Fen, formatWan } from '@app/kernel';
import type { Known } from '@app/rules';

import { compile, type PlainRule } from './admission-run.rules.js';
import type { Condition } from './admission.rules.js';
import type { Facts, Range } from './facts.rules.js';
import { fieldOf, type FieldName, type Operator } from './vocabulary.rules.js';

/** One demand of a product held against what is known: passed, failed or not known, with the value and the threshold. */
export interface Check {
  /** `TERMS_AMOUNT`, `ADMISSION`, …: where the demand comes from. */
  code: string;
  outcome: 'PASSED' | 'FAILED' | 'UNKNOWN';
  zh: string;
  en: string;
}

interface Text {
  zh: string;
  en: string;
}

const outcomes = new Map<Known, Check['outcome']>([
  [true, 'PASSED'],
  [false, 'FAILED'],
  [null, 'UNKNOWN'],
]);

/** Each demand that stands by itself: the parts of an `all` are told one by one, an `any` as one. */
export function checksOf(code: string, rule: PlainRule, facts: Facts): Check[] {
  if ('all' in rule) return rule.all.flatMap((part) => checksOf(code, part, facts));
  const outcome = outcomes.get(compile(rule)(facts))!;
  return [{ code, outcome, ...textOf(rule, facts) }];
}

function textOf(rule: PlainRule, facts: Facts): Text {
  if ('field' in rule) return conditionText(rule, facts);
  const parts = ('all' in rule ? rule.all : rule.any).map((part) => textOf(part, facts));
  const [zh, en] = 'all' in rule ? ['且', 'and'] : ['或', 'or'];
  const bracket = (text: string) => (parts.length > 1 ? `(${text})` : text);
  return {
    zh: bracket(parts.map((part) => part.zh).join(` ${zh} `)),
    en: bracket(parts.map((part) => part.en).join(` ${en} `)),
  };
}

const words: Record<Operator, Text> = {
  eq: { zh: '须为', en: 'must be' },
  ne: { zh: '不得为', en: 'must not be' },
  in: { zh: '须为其一', en: 'must be one of' },
  notIn: { zh: '不得为其一', en: 'must be none of' },
  startsWith: { zh: '须以其一开头', en: 'must begin with one of' },
  notStartsWith: { zh: '不得以其一开头', en: 'must begin with none of' },
  hasAny: { zh: '须有其一', en: 'must have one of' },
  hasNone: { zh: '不得有', en: 'must have none of' },
  gte: { zh: '须不低于', en: 'must be at least' },
  gt: { zh: '须高于', en: 'must be more than' },
  lte: { zh: '须不超过', en: 'must be at most' },
  lt: { zh: '须低于', en: 'must be less than' },
};

function conditionText({ field, op, value }: Condition, facts: Facts): Text {
  const wanted = thresholdText(field, value);
  const actual = actualText(field, facts);
  const { zh, en } = fieldOf(field);
  return {
    zh: `${zh}${words[op].zh} ${wanted.zh}，实际 ${actual.zh}`,
    en: `${en} ${words[op].en} ${wanted.en}; it is ${actual.en}`,
  };
}

const same = (text: string): Text => ({ zh: text, en: text });
const money = (amount: number): Text => {
  const wan = formatWan(BigInt(amount) as Fen);
  return { zh: `${wan}万元`, en: `${wan} ×10k yuan` };
};
/** Security words are codes; people read names. */
const securityNames: Record<string, Text> = {
  UNSECURED: { zh: '信用', en: 'unsecured' },
  GUARANTEE: { zh: '保证', en: 'guarantee' },
  MORTGAGE: { zh: '抵押', en: 'mortgage' },
  PLEDGE: { zh: '质押', en: 'pledge' },
  IP_PLEDGE: { zh: '知识产权质押', en: 'IP pledge' },
};
const textValue = (field: FieldName, value: string): Text =>
  (field === 'security' ? securityNames[value] : undefined) ?? same(value);

function thresholdText(field: FieldName, value: Condition['value']): Text {
  if (field === 'amountFen') return money(Number(value));
  const texts = (Array.isArray(value) ? (value as readonly string[]) : [String(value)]).map((one) =>
    textValue(field, one),
  );
  return { zh: texts.map((one) => one.zh).join('、'), en: texts.map((one) => one.en).join(', ') };
}

const unknown: Text = { zh: '未知', en: 'not known' };

function actualText(field: FieldName, facts: Facts): Text {
  const fact = facts[field];
  if (fact === null) return unknown;
  if (typeof fact === 'string') return textValue(field, fact);
  if ('low' in fact) return rangeText(fact, field === 'amountFen' ? money : (number) => same(String(number)));
  if (fact.length === 0) return { zh: '无', en: 'none' };
  return { zh: fact.join('、'), en: fact.join(', ') };
}

function rangeText({ low, high }: Range, text: (value: number) => Text): Text {
  if (!Number.isFinite(low)) return { zh: '不限', en: 'open' };
  if (low === high) return text(low);
  if (!Number.isFinite(high)) return { zh: `${text(low).zh}以上`, en: `${text(low).en} or more` };
  return { zh: `${text(low).zh}至${text(high).zh}`, en: `${text(low).en} to ${text(high).en}` };
}
