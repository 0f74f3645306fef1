import { type Day, day } from '@app/kernel';

export const tiers = ['T1', 'T2', 'T3', 'T4', 'T5'] as const;
/** Place in the pyramid of technology enterprises, T1 at its foot [seed L97]. */
export type Tier = (typeof tiers)[number];

/** Which titles stand for which tier from a day on. A change is a new entry, so that the past keeps its tiers. */
export interface TierTerms {
  readonly version: string;
  readonly effectiveFrom: Day;
  /** The last day on which it holds; null is "until further notice". */
  readonly effectiveTo: Day | null;
  readonly source: string;
  readonly provisional: boolean;
  /** Each title by its usual name, then the other names that departments write. */
  readonly titles: Readonly<Record<Tier, readonly (readonly [string, ...string[]])[]>>;
}

/**
 * The source names the foot and the head of the pyramid only; the steps between are our own proposal, hence
 * provisional. Names are compared by `titleKey`.
 */
export const tierTerms: readonly TierTerms[] = [
  {
    version: '2020a',
    effectiveFrom: day('1990-01-01'),
    effectiveTo: null,
    source: '金字塔式科技企业数据库：五个梯次；称号与梯次的对应为平台自定（暂行）',
    provisional: true,
    titles: {
      T1: [['科技型中小企业']],
      T2: [
        ['高新技术企业培育', '高企培育', '高新技术企业培育库', '高新技术企业培育入库', '高企培育入库'],
        ['创新型中小企业'],
      ],
      T3: [['高新技术企业', '高企']],
      T4: [
        ['瞪羚企业', '瞪羚', '瞪羚计划'],
        ['专精特新中小企业', '专精特新'],
        ['专精特新小巨人', '专精特新小巨人企业'],
      ],
      T5: [
        ['独角兽培育', '独角兽', '独角兽企业', '独角兽培育企业'],
        ['上市企业', '上市', '上市公司'],
        ['单项冠军', '制造业单项冠军', '制造业单项冠军企业'],
      ],
    },
  },
];

/** Quotation marks, brackets and spaces differ between departments; letters do not. */
export const titleKey = (title: string): string => title.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '');
