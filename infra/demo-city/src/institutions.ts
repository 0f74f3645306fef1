/** Need, offer and product word of security, as in the platform's own requests. */
export type Security = 'UNSECURED' | 'GUARANTEE' | 'MORTGAGE' | 'PLEDGE' | 'IP_PLEDGE';

export interface DemoProduct {
  readonly name: string;
  readonly amountWanMin: number;
  readonly amountWanMax: number;
  readonly termMonthsMin: number;
  readonly termMonthsMax: number;
  readonly annualRateBpMin: number;
  readonly annualRateBpMax: number;
  readonly security: Security;
}

export interface DemoManager {
  readonly login: string;
  readonly name: string;
}

export type Memberships = readonly ('CREDIT' | 'MARKETPLACE')[];

export interface DemoInstitution {
  readonly code: string;
  readonly name: string;
  readonly memberships: Memberships;
  /** Whether it reports loans of its own; a guarantor, an insurer or a lessor does not. */
  readonly lends: boolean;
  readonly managers: readonly DemoManager[];
  readonly products: readonly DemoProduct[];
}

const both = ['CREDIT', 'MARKETPLACE'] as const;
const marketplace = ['MARKETPLACE'] as const;

/**
 * Twenty institutions that do not exist: named after canals, bridges and hills of Suzhou that no bank is named after.
 * Two account managers each; only those named in people.ts get passwords.
 */
export const institutions: readonly DemoInstitution[] = [
  bank(
    'JINJI',
    '金鸡湖科创银行',
    ['zhang 张守澜', 'li 李知禾'],
    [credit('金鸡科创信用贷', 50, 1_000, 320, 430), ipPledge('知识产权质押贷', 100, 2_000, 340, 450)],
  ),
  bank(
    'DUSHU',
    '独墅信商银行',
    ['wang 王若衡', 'chen 陈听桥'],
    [credit('独墅秒贷', 20, 300, 330, 460), mortgage('厂房按揭贷', 300, 5_000, 300, 390)],
  ),
  bank('SHANTANG', '山塘惠企银行', ['zhao 赵景棠', 'zhou 周望舟'], [credit('山塘人才贷', 30, 500, 310, 420)]),
  bank('YANGCHENG', '阳澄产业银行', ['wu 吴书屿', 'xu 徐临川'], [guarantee('阳澄担保贷', 100, 1_000, 330, 440)]),
  bank(
    'SHIHU',
    '石湖科技银行',
    ['sun 孙怀瑾', 'zhu 朱砚笙'],
    [credit('石湖高企贷', 100, 3_000, 300, 400), ipPledge('专利快贷', 50, 800, 350, 460)],
  ),
  bank('LOUJIANG', '娄江实业银行', ['ma 马行苇', 'hu 胡维汀'], [mortgage('设备更新贷', 200, 8_000, 290, 380)]),
  bank('XUJIANG', '胥江普惠银行', ['lin 林清蘅', 'guo 郭祯岫'], [credit('胥江流水贷', 10, 200, 360, 520)]),
  bank('FENGQIAO', '枫桥信用银行', ['he 何令渡', 'gao 高景庐'], [credit('枫桥首贷通', 10, 300, 350, 480)]),
  bank('PANMEN', '盘门联合银行', ['luo 罗知樵', 'zheng 郑守榆'], [guarantee('科贷通盘门专享', 100, 2_000, 320, 410)]),
  bank('XIANGMEN', '相门创新银行', ['liang 梁溪屿', 'xie 谢澜舟'], [credit('相门成长贷', 200, 5_000, 310, 420)]),
  bank('LIUHE', '浏河江海银行', ['song 宋若禾', 'tang 唐书桥'], [credit('江海出口贷', 100, 2_000, 330, 430)]),
  bank('TONGLI', '同里水乡银行', ['xu 许临信', 'deng 邓望砚'], [credit('同里小微贷', 10, 200, 360, 500)]),
  bank('BACHENG', '巴城制造银行', ['han 韩衡川', 'feng 冯听汀'], [mortgage('巴城厂易贷', 300, 6_000, 300, 390)]),
  bank('SHANGHU', '尚湖绿色银行', ['cao 曹维岫', 'zeng 曾清澈'], [credit('尚湖绿能贷', 100, 4_000, 290, 390)]),
  bank('FENGHUANG', '凤凰岭乡村银行', ['peng 彭怀桥', 'xiao 萧行棠'], [guarantee('凤凰岭增信贷', 50, 500, 350, 470)]),
  bank('DIANSHAN', '淀山湖口岸银行', ['cai 蔡景禾', 'pan 潘祯舟'], [credit('口岸结算贷', 50, 1_500, 330, 440)]),
  bank(
    'CHENGHU',
    '澄湖村舍银行',
    ['tian 田知屿', 'dong 董令榆'],
    [credit('澄湖税易贷', 10, 300, 350, 490)],
    marketplace,
  ),
  other(
    'SUQIAO-GUARANTEE',
    '苏桥融资担保',
    ['yuan 袁守渡', 'yu 于砚蘅'],
    [guarantee('苏桥批量担保', 50, 1_000, 80, 150)],
    both,
  ),
  other(
    'QIAOXIN-LEASING',
    '桥信融资租赁',
    ['yu 余若川', 'ye 叶望庐'],
    [mortgage('桥信设备直租', 100, 5_000, 420, 580)],
    marketplace,
  ),
  other(
    'YUNHE-INSURANCE',
    '运河科技保险',
    ['jiang 蒋书笙', 'du 杜临樵'],
    [guarantee('运河贷款保证保险', 50, 800, 100, 200)],
    ['CREDIT'],
  ),
];

/** Pinyin surname for the login, then the name. */
type Names = readonly [string, string];

function bank(
  code: string,
  name: string,
  names: Names,
  products: DemoProduct[],
  memberships: Memberships = both,
): DemoInstitution {
  return { code, name, memberships, lends: true, managers: managers('bank', code, names), products };
}

function other(
  code: string,
  name: string,
  names: Names,
  products: DemoProduct[],
  memberships: Memberships,
): DemoInstitution {
  return { code, name, memberships, lends: false, managers: managers('inst', code, names), products };
}

function managers(kind: string, code: string, names: Names): DemoManager[] {
  const word = code.split('-')[0]?.toLowerCase();
  return names.map((entry) => {
    const [surname, name = ''] = entry.split(' ');
    return { login: `${kind}-${word}-${surname}`, name };
  });
}

type Ranges = readonly [wanMin: number, wanMax: number, bpMin: number, bpMax: number];

function product(
  security: Security,
  termMonthsMax: number,
  name: string,
  [wanMin, wanMax, bpMin, bpMax]: Ranges,
): DemoProduct {
  return {
    name,
    amountWanMin: wanMin,
    amountWanMax: wanMax,
    termMonthsMin: termMonthsMax > 36 ? 12 : 3,
    termMonthsMax,
    annualRateBpMin: bpMin,
    annualRateBpMax: bpMax,
    security,
  };
}

function credit(name: string, ...ranges: Ranges): DemoProduct {
  return product('UNSECURED', 24, name, ranges);
}

function guarantee(name: string, ...ranges: Ranges): DemoProduct {
  return product('GUARANTEE', 36, name, ranges);
}

function mortgage(name: string, ...ranges: Ranges): DemoProduct {
  return product('MORTGAGE', 60, name, ranges);
}

function ipPledge(name: string, ...ranges: Ranges): DemoProduct {
  return product('IP_PLEDGE', 24, name, ranges);
}
