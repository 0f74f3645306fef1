/**
 * Families of products that the policies of the city speak of [seed L102, L108, L258]. Published: statistics, filters
 * and subsidies refer to them by code, so that none is ever renamed.
 */
export const productFamilies = [
  'GENERAL',
  /** 首贷 */
  'FIRST_LOAN',
  /** 信用贷 */
  'UNSECURED',
  /** 知识产权质押 */
  'IP_PLEDGE',
  /** 无还本续贷 */
  'RENEWAL',
  /** 科技保险 */
  'TECH_INSURANCE',
  /** 科贷通 and its district sub-products */
  'KE_DAI_TONG',
] as const;
export type ProductFamily = (typeof productFamilies)[number];
