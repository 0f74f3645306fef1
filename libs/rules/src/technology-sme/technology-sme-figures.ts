import { type FiguresOf, readFigures, type ReadFigures } from '../figures.js';

const shape = {
  /** 在中国境内注册的居民企业 */
  residentInChina: 'flag',
  /** 职工总数: full-time, and part-time or temporary staff with six months or more in the year */
  employees: 'count',
  /** 年销售收入 */
  salesFen: 'money',
  /** 资产总额 */
  assetsFen: 'money',
  /** 成本费用支出总额 */
  costFen: 'money',
  /** Products or services that the state prohibits, restricts or has phased out */
  prohibitedProducts: 'flag',
  /** 上一年及当年: major safety or quality accident, serious environmental offence or research dishonesty */
  majorAccidentOrOffence: 'flag',
  /** 经营异常名录 */
  abnormalList: 'flag',
  /** 严重违法失信企业名单 */
  seriousBreachList: 'flag',
  /** 科技人员数 */
  rdStaff: 'count',
  /** 研发费用总额 */
  rdFen: 'money',
  /**
   * Valid, undisputed rights related to the main product; class one and class two are those of 115号, without holding
   * periods
   */
  class1Ip: 'count',
  class2Ip: 'count',
  direct: {
    /** 有效期内高新技术企业资格证书 */
    hitechCertValid: 'flag',
    /** 近五年国家级科技奖励, among the first three units */
    nationalAwardTop3In5y: 'flag',
    /** 经认定的省部级以上研发机构 */
    provincialRdBody: 'flag',
    /** 近五年主导制定国际、国家或行业标准 */
    ledStandardIn5y: 'flag',
  },
} as const;

export type TechnologySmeFigures = FiguresOf<typeof shape>;

/** Nothing known: what records add to. */
export const unknownTechnologySmeFigures: TechnologySmeFigures = {
  residentInChina: null,
  employees: null,
  salesFen: null,
  assetsFen: null,
  costFen: null,
  prohibitedProducts: null,
  majorAccidentOrOffence: null,
  abnormalList: null,
  seriousBreachList: null,
  rdStaff: null,
  rdFen: null,
  class1Ip: null,
  class2Ip: null,
  direct: { hitechCertValid: null, nationalAwardTop3In5y: null, provincialRdBody: null, ledStandardIn5y: null },
};

/**
 * Reads figures as a client supplied them: counts as numbers, money as strings of whole fen; absent or null is "not
 * known".
 */
export function parseTechnologySmeFigures(supplied: unknown): ReadFigures<typeof shape> {
  return readFigures(shape, supplied);
}
