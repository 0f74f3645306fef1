/** The columns of each feed as its department writes them: Chinese header and field name, in the file's order. */
export interface FeedColumns {
  readonly feed: string;
  readonly headers: readonly string[];
  readonly fields: readonly string[];
  /** Fields that must not be negative. */
  readonly amounts: readonly string[];
  /** Fields with a closed list of values. */
  readonly codes: readonly string[];
  /** The field that corrections of the department change. */
  readonly corrected: string | undefined;
}

/** Every row of every feed begins with these; the numbers are places in a row's cells. */
export const leading = { key: 0, uscc: 1, event: 2, report: 3, op: 4 } as const;
const leadingHeaders = ['记录主键', '统一社会信用代码', '业务日期', '报送日期', '操作类型'];
const leadingFields = ['record_key', 'uscc', 'event_date', 'report_date', 'op'];

interface Marks {
  readonly amounts?: string;
  readonly codes?: string;
  readonly corrected?: string;
}

const all: readonly FeedColumns[] = [
  columns(
    'registry.enterprise',
    '企业名称 name · 曾用名 former_names · 法定代表人 legal_representative · 注册资本(万元) registered_capital · ' +
      '实缴资本(万元) paid_in_capital · 成立日期 established_on · 经营状态 status · 行业代码 industry · 行政区划 division · 住所 address',
    { amounts: 'registered_capital', codes: 'status', corrected: 'address' },
  ),
  columns(
    'registry.annual-report',
    '年度 year · 从业人数 employees · 资产总额(万元) total_assets · 负债总额(万元) total_liabilities · 营业收入(万元) revenue · ' +
      '主营业务收入(万元) main_revenue · 净利润(万元) net_profit · 纳税总额(万元) tax_paid',
    { amounts: 'total_assets', corrected: 'tax_paid' },
  ),
  columns('tax.vat-return', '所属期 period · 销售额(元) sales · 应纳税额(元) payable · 已缴税额(元) paid', {
    amounts: 'paid',
    corrected: 'sales',
  }),
  columns(
    'tax.income-return',
    '年度 year · 营业收入(元) revenue · 成本费用总额(元) total_cost · 利润总额(元) profit · 研发费用(元) rd_expense',
    { amounts: 'rd_expense', corrected: 'total_cost' },
  ),
  columns('tax.credit-rating', '年度 year · 信用等级 level · 评价得分 points', { codes: 'level' }),
  columns('customs.trade', '月份 month · 进口额(元) imports · 出口额(元) exports · 海关信用等级 level', {
    amounts: 'imports',
    codes: 'level',
    corrected: 'exports',
  }),
  columns(
    'utility.usage',
    '户号 account · 类别 kind · 月份 month · 用量 usage · 应缴金额(元) due · 缴费日期 paid_on · 欠费(元) arrears',
    { amounts: 'due', codes: 'kind', corrected: 'due' },
  ),
  columns(
    'social-insurance.headcount',
    '月份 month · 参保人数 insured · 应缴(元) due · 实缴(元) paid · 欠缴月数 arrears_months',
    { amounts: 'paid', corrected: 'due' },
  ),
  columns(
    'ip.right',
    '类型 kind · 登记号 number · 名称 title · 申请日 applied_on · 授权日 granted_on · 状态 status · 取得方式 acquired · ' +
      '受让日 transferred_on · 主营相关 related',
    { codes: 'kind status acquired', corrected: 'title' },
  ),
  columns('tech.staff', '年度 year · 职工总数 staff · 科技人员数 rd_staff', { amounts: 'staff' }),
  columns('tech.title', '称号 title · 证书编号 certificate · 有效期起 valid_from · 有效期止 valid_to', {}),
  columns(
    'court.enforcement',
    '案号 case_no · 法院 court · 类型 kind · 立案日期 filed_on · 标的额(元) amount · 履行情况 performance · 退出日期 removed_on',
    { amounts: 'amount', codes: 'kind', corrected: 'performance' },
  ),
  columns(
    'penalty.decision',
    '决定文书号 document · 违法行为类型 offence · 处罚类别 kind · 罚款金额(万元) fine · 决定日期 decided_on · ' +
      '公示截止期 public_until · 处罚机关 authority',
    { amounts: 'fine', corrected: 'offence' },
  ),
  columns('environment.colour', '年度 year · 信用等级 colour', { codes: 'colour' }),
  columns(
    'finance.loan',
    '合同号 contract_no · 机构代码 institution · 授信金额(元) granted · 放款金额(元) drawn · 年利率(BP) rate · 期限(月) term · ' +
      '担保方式 security · 余额(元) balance · 五级分类 class · 逾期天数 overdue_days · 结清日期 settled_on',
    { amounts: 'granted', codes: 'security class' },
  ),
];

const byFeed = new Map(all.map((one) => [one.feed, one] as const));

/** Throws RangeError for a feed the city does not have. */
export function columnsOf(feed: string): FeedColumns {
  const found = byFeed.get(feed);
  if (found === undefined) throw new RangeError(`no such feed: ${feed}`);
  return found;
}

/** The names of all feeds of the city. */
export const feedNames: readonly string[] = all.map((one) => one.feed);

function columns(feed: string, pairs: string, marks: Marks): FeedColumns {
  const further = pairs.split(' · ').map((pair) => pair.split(' '));
  return {
    feed,
    headers: [...leadingHeaders, ...further.map(([header]) => header ?? '')],
    fields: [...leadingFields, ...further.map(([, field]) => field ?? '')],
    amounts: words(marks.amounts),
    codes: words(marks.codes),
    corrected: marks.corrected,
  };
}

function words(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(' ');
}
