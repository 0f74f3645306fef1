import { type Day, daysBetween, type Fen } from '@app/kernel';

export const assetKinds = ['PATENT', 'TRADEMARK', 'EQUIPMENT', 'REAL_ESTATE', 'RECEIVABLE', 'OTHER'] as const;
export type AssetKind = (typeof assetKinds)[number];

export const purposeClasses = ['RESEARCH', 'EQUIPMENT', 'PREMISES', 'TRADE', 'WORKING_CAPITAL', 'OTHER'] as const;
export type PurposeClass = (typeof purposeClasses)[number];

/** The first that fits; the more special ones come first. */
const purposeWords: readonly [PurposeClass, RegExp][] = [
  ['RESEARCH', /研发|研究|试制|中试|专利|技术开发|技术攻关/],
  ['EQUIPMENT', /设备|产线|生产线|机床|仪器|技改/],
  ['PREMISES', /厂房|土地|基建|装修|办公楼|园区建设/],
  ['TRADE', /原材料|原料|采购|订单|备货|出口|进口|货款/],
  ['WORKING_CAPITAL', /流动|周转|工资|经营|日常/],
];

/** What a need is for, coarsely: other words for the same thing fall into the same class. */
export const purposeClassOf = (purpose: string): PurposeClass =>
  purposeWords.find(([, words]) => words.test(purpose.normalize('NFKC')))?.[0] ?? 'OTHER';

/** Bands of amounts by powers of two from 10 万元: what was rounded, or split off a little, falls together. */
export function coarseBandOf(amountFen: Fen): number {
  const tenWan = 10_000_000n;
  let band = 0;
  for (let upTo = tenWan; amountFen > upTo; upTo *= 2n) band += 1;
  return band;
}

const epoch = '2015-01-01' as Day;

interface NeedFacts {
  uscc: string;
  purpose: string;
  amountFen: Fen;
  publishedOn: Day;
}

/**
 * What two equal needs have in common, as texts to be marked: that of the window of days in which the need lies, and that of
 * the window before, as what is near may lie on both sides of a border.
 */
export function needTexts(need: NeedFacts, windowDays: number): { own: string; before: string } {
  const window = Math.floor(daysBetween(epoch, need.publishedOn) / windowDays);
  const text = (index: number): string =>
    JSON.stringify(['need', need.uscc, purposeClassOf(need.purpose), coarseBandOf(need.amountFen), windowDays, index]);
  return { own: text(window), before: text(window - 1) };
}

/** The identifier of an asset as all banks write it: 'ZL 2020 1 0123456.7' and 'zl202010123456７' are one. */
export function assetText(kind: AssetKind, identifier: string): string {
  const plain = identifier
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return JSON.stringify(['asset', kind, kind === 'PATENT' ? plain.replace(/^(ZL|CN)/, '') : plain]);
}
