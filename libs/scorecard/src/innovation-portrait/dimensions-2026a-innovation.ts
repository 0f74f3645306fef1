import type { Dimension } from '../scorecard-model.js';
import { indicator, wan } from './line.js';

const as115 = 'corners follow the bands of 国科发政〔2017〕115号; the line between them is own, provisional';

export const titles: Dimension = {
  code: 'TITLES',
  zh: '创新资质',
  en: 'Innovation titles',
  weightBp: 1_200,
  indicators: [
    indicator(
      ['TIER_RANK', 'LEVEL', 5_000],
      ['企业梯次', 'tier'],
      [
        [0, 0],
        [1, 4_500],
        [2, 6_000],
        [3, 8_000],
        [4, 9_500],
        [5, 10_000],
      ],
    ),
    indicator(
      ['TITLES_VALID', 'COUNT', 3_000],
      ['有效称号数', 'valid titles'],
      [
        [0, 0],
        [1, 5_000],
        [2, 8_000],
        [3, 10_000],
      ],
    ),
    indicator(
      ['TITLE_MONTHS', 'MONTHS', 2_000],
      ['首个称号至今', 'since the first title'],
      [
        [0, 0],
        [12, 4_000],
        [36, 7_500],
        [72, 10_000],
      ],
    ),
  ],
};

export const talent: Dimension = {
  code: 'TALENT',
  zh: '创新人才',
  en: 'Innovation talent',
  weightBp: 1_300,
  indicators: [
    indicator(
      ['RD_STAFF', 'COUNT', 3_500],
      ['科技人员数', 'research staff'],
      [
        [0, 0],
        [5, 4_000],
        [20, 6_500],
        [60, 8_500],
        [200, 10_000],
      ],
    ),
    indicator(
      ['RD_STAFF_SHARE', 'BP', 4_500],
      ['科技人员占比', 'share of research staff'],
      [
        [0, 0],
        [1_000, 4_000],
        [1_500, 5_500],
        [2_000, 7_000],
        [2_500, 8_500],
        [3_000, 10_000],
      ],
      as115,
    ),
    indicator(
      ['INSURED_GROWTH', 'BP', 2_000],
      ['参保人数同比', 'insured headcount, year on year'],
      [
        [-3_000, 0],
        [0, 5_000],
        [1_500, 8_000],
        [4_000, 10_000],
      ],
    ),
  ],
};

export const input: Dimension = {
  code: 'INPUT',
  zh: '创新投入',
  en: 'Innovation input',
  weightBp: 1_600,
  indicators: [
    indicator(
      ['RD_EXPENSE', 'FEN', 4_000],
      ['研发费用', 'R&D expense'],
      [
        [0, 0],
        [wan(50), 3_500],
        [wan(200), 5_500],
        [wan(1_000), 8_000],
        [wan(5_000), 10_000],
      ],
    ),
    indicator(
      ['RD_TO_REVENUE', 'BP', 4_500],
      ['研发费用占营业收入', 'R&D over revenue'],
      [
        [0, 0],
        [200, 2_500],
        [300, 4_500],
        [400, 6_000],
        [500, 8_000],
        [600, 9_000],
        [1_000, 10_000],
      ],
      as115,
    ),
    indicator(
      ['RD_GROWTH', 'BP', 1_500],
      ['研发费用同比', 'R&D expense, year on year'],
      [
        [-3_000, 0],
        [0, 5_000],
        [1_500, 7_500],
        [5_000, 10_000],
      ],
    ),
  ],
};

export const output: Dimension = {
  code: 'OUTPUT',
  zh: '创新产出',
  en: 'Innovation output',
  weightBp: 1_600,
  indicators: [
    indicator(
      ['IP_CLASS1', 'COUNT', 4_000],
      ['有效Ⅰ类知识产权', 'valid rights of class one'],
      [
        [0, 0],
        [1, 5_000],
        [3, 7_000],
        [10, 9_000],
        [30, 10_000],
      ],
    ),
    indicator(
      ['IP_CLASS2', 'COUNT', 2_500],
      ['有效Ⅱ类知识产权', 'valid rights of class two'],
      [
        [0, 0],
        [1, 2_000],
        [4, 5_500],
        [10, 8_000],
        [30, 10_000],
      ],
    ),
    indicator(
      ['IP_GRANTED_3Y', 'COUNT', 2_000],
      ['近三年授权', 'granted in three years'],
      [
        [0, 0],
        [2, 4_500],
        [6, 7_500],
        [20, 10_000],
      ],
    ),
    indicator(
      ['IP_SELF_DEVELOPED', 'BP', 1_500],
      ['自主研发占比', 'share developed by itself'],
      [
        [0, 0],
        [5_000, 5_000],
        [10_000, 10_000],
      ],
    ),
  ],
};
