/** The departments and bodies that deliver; `code` is the code of their organisation on the platform. */
export interface Source {
  readonly code: string;
  readonly name: string;
  readonly feeds: readonly string[];
}

export const sources: readonly Source[] = [
  source('SCJG', '苏州市市场监督管理局', 'registry.enterprise', 'registry.annual-report'),
  source('TAX', '国家税务总局苏州市税务局', 'tax.vat-return', 'tax.income-return', 'tax.credit-rating'),
  source('CUSTOMS', '苏州海关', 'customs.trade'),
  source('UTILITY', '苏州市公用事业数据中心（水务、供电、燃气）', 'utility.usage'),
  source('SOCIAL-INSURANCE', '苏州市社会保险基金管理中心', 'social-insurance.headcount'),
  source('IP', '苏州市知识产权局', 'ip.right'),
  source('SCIENCE', '苏州市科学技术局', 'tech.staff', 'tech.title'),
  source('COURT', '苏州市中级人民法院', 'court.enforcement'),
  source('PUBLICITY', '苏州市公共信用信息中心（双公示）', 'penalty.decision'),
  source('ENVIRONMENT', '苏州市生态环境局', 'environment.colour'),
  source('FINANCE', '苏州市金融信贷数据报送中心', 'finance.loan'),
];

export function sourceOf(feed: string): Source {
  const found = sources.find((one) => one.feeds.includes(feed));
  if (found === undefined) throw new RangeError(`no source delivers ${feed}`);
  return found;
}

function source(code: string, name: string, ...feeds: string[]): Source {
  return { code, name, feeds };
}
