/** How a value is written: money stays a string of whole fen, `account` and `own` are masked. */
type FieldKind = 'text' | 'day' | 'fen' | 'number' | 'list' | 'account' | 'own';

export type SectionCode =
  | 'REGISTRATION'
  | 'OPERATION'
  | 'FINANCE'
  | 'INNOVATION'
  | 'CREDIT'
  | 'JUDICIAL'
  | 'PENALTY'
  | 'ENVIRONMENT';

interface SectionLayout {
  code: SectionCode;
  title: string;
}

/** In the order of the report. */
export const sectionLayouts: readonly SectionLayout[] = [
  { code: 'REGISTRATION', title: '登记信息' },
  { code: 'OPERATION', title: '经营信息（税务、海关、公用事业、用工）' },
  { code: 'FINANCE', title: '财务概要' },
  { code: 'INNOVATION', title: '创新信息' },
  { code: 'CREDIT', title: '信贷与担保' },
  { code: 'JUDICIAL', title: '司法信息' },
  { code: 'PENALTY', title: '行政处罚（公示期内）' },
  { code: 'ENVIRONMENT', title: '环境信用' },
];

export interface FieldLayout {
  code: string;
  label: string;
  kind: FieldKind;
}

export interface FeedLayout {
  section: SectionCode;
  fields: readonly FieldLayout[];
}

/** `code label` or `code label kind`, one a line: easier to read beside the contract than objects. */
function fieldsOf(text: string): FieldLayout[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', label = '', kind = 'text'] = line.trim().split(' ');
      return { code, label, kind: kind as FieldKind };
    });
}

/**
 * What of each feed enters a report, and where. A field that is not listed never leaves the service: the legal
 * representative is a duty-related fact (征信业管理条例 art. 13), other personal data is not listed.
 */
export const feedLayouts: Readonly<Record<string, FeedLayout>> = {
  'registry.enterprise': {
    section: 'REGISTRATION',
    fields: fieldsOf(`
      name 企业名称
      former_names 曾用名 list
      legal_representative 法定代表人
      registered_capital 注册资本 fen
      paid_in_capital 实缴资本 fen
      established_on 成立日期 day
      status 经营状态
      industry 行业代码
      division 行政区划
      address 住所`),
  },
  'registry.annual-report': {
    section: 'FINANCE',
    fields: fieldsOf(`
      year 年度 number
      employees 从业人数 number
      total_assets 资产总额 fen
      total_liabilities 负债总额 fen
      revenue 营业收入 fen
      main_revenue 主营业务收入 fen
      net_profit 净利润 fen
      tax_paid 纳税总额 fen`),
  },
  'tax.vat-return': {
    section: 'OPERATION',
    fields: fieldsOf(`
      period 所属期
      sales 销售额 fen
      payable 应纳税额 fen
      paid 已缴税额 fen`),
  },
  'tax.income-return': {
    section: 'FINANCE',
    fields: fieldsOf(`
      year 年度 number
      revenue 营业收入 fen
      total_cost 成本费用总额 fen
      profit 利润总额 fen
      rd_expense 研发费用 fen`),
  },
  'tax.credit-rating': {
    section: 'OPERATION',
    fields: fieldsOf(`
      year 年度 number
      level 纳税信用等级
      points 评价得分 number`),
  },
  'customs.trade': {
    section: 'OPERATION',
    fields: fieldsOf(`
      month 月份
      imports 进口额 fen
      exports 出口额 fen
      level 海关信用等级`),
  },
  'utility.usage': {
    section: 'OPERATION',
    fields: fieldsOf(`
      account 户号 account
      kind 类别
      month 月份
      usage 用量 number
      due 应缴金额 fen
      paid_on 缴费日期 day
      arrears 欠费 fen`),
  },
  'social-insurance.headcount': {
    section: 'OPERATION',
    fields: fieldsOf(`
      month 月份
      insured 参保人数 number
      due 应缴 fen
      paid 实缴 fen
      arrears_months 欠缴月数 number`),
  },
  'ip.right': {
    section: 'INNOVATION',
    fields: fieldsOf(`
      kind 类型
      number 登记号
      title 名称
      applied_on 申请日 day
      granted_on 授权日 day
      status 状态
      acquired 取得方式
      transferred_on 受让日 day
      related 主营相关`),
  },
  'tech.staff': {
    section: 'INNOVATION',
    fields: fieldsOf(`
      year 年度 number
      staff 职工总数 number
      rd_staff 科技人员数 number`),
  },
  'tech.title': {
    section: 'INNOVATION',
    fields: fieldsOf(`
      title 称号
      certificate 证书编号
      valid_from 有效期起 day
      valid_to 有效期止 day`),
  },
  'court.enforcement': {
    section: 'JUDICIAL',
    fields: fieldsOf(`
      case_no 案号
      court 法院
      kind 类型
      filed_on 立案日期 day
      amount 标的额 fen
      performance 履行情况
      removed_on 退出日期 day`),
  },
  'penalty.decision': {
    section: 'PENALTY',
    fields: fieldsOf(`
      document 决定文书号
      offence 违法行为类型
      kind 处罚类别
      fine 罚款金额 fen
      decided_on 决定日期 day
      public_until 公示截止期 day
      authority 处罚机关`),
  },
  'environment.colour': {
    section: 'ENVIRONMENT',
    fields: fieldsOf(`
      year 年度 number
      colour 环保信用等级`),
  },
  'finance.loan': {
    section: 'CREDIT',
    fields: fieldsOf(`
      contract_no 合同号 own
      institution 授信机构 own
      granted 授信金额 fen
      drawn 放款金额 fen
      rate 年利率(BP) number
      term 期限(月) number
      security 担保方式
      balance 余额 fen
      class 五级分类
      overdue_days 逾期天数 number
      settled_on 结清日期 day`),
  },
};
