import type { Language } from '../frame/dictionary.rules.js';

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const features: Words = {
  NAME: ['名称', 'Name'],
  BRAND: ['字号', 'Brand'],
  TRADE: ['行业用语', 'Trade'],
  REGION: ['地名', 'Place'],
  FORM: ['组织形式', 'Form'],
  NUMBERS: ['数字', 'Numbers'],
  BRANCH: ['分支机构', 'Branch'],
  FORMER_NAME: ['曾用名', 'Former name'],
  WHOLE: ['整体', 'As a whole'],
  ORGANISATION_CODE: ['组织机构代码', 'Organisation code'],
  REGISTRATION_NUMBER: ['注册号', 'Registration number'],
  REPRESENTATIVE: ['法定代表人', 'Representative'],
  DIVISION: ['区划', 'District'],
  ADDRESS: ['地址', 'Address'],
};

const outcomes: Words = {
  SAME: ['相同', 'same'],
  DIFFERS: ['不同', 'differs'],
  FORMER: ['与曾用名相同', 'a former name'],
  USED: ['曾用', 'used before'],
  SOUNDS: ['同音', 'sounds the same'],
  SLIP: ['一字之差', 'one slip'],
  MISSING: ['一方未写', 'missing on one side'],
  WITHIN: ['包含', 'part of the other'],
  WIDER: ['范围更大', 'wider'],
  SHORTER: ['简写', 'shortened'],
  SIMILAR: ['相近', 'similar'],
};

/** How a comparison came out, in words; a feature that is new here is shown by its code. */
export function comparisonText(feature: string, outcome: string, language: Language): string {
  const at = language === 'zh' ? 0 : 1;
  return `${features[feature]?.[at] ?? feature} · ${outcomes[outcome]?.[at] ?? outcome}`;
}
