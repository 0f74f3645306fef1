import { randomBytes } from 'node:crypto';

import { makeUscc } from '@app/kernel';

import { leading } from './deliveries.js';

/** Six firms whose 115号 totals are worked out by hand: staff, research, rights. */
const figures = [
  { legal: '沈舟', staff: 100, rdStaff: 22, sales: 50_000_000, rd: 2_600_000, cost: 45_000_000, soft: 2, total: 64 },
  { legal: '陆昀', staff: 100, rdStaff: 9, sales: 50_000_000, rd: 2_600_000, cost: 45_000_000, soft: 4, total: 64 },
  { legal: '顾禾', staff: 200, rdStaff: 60, sales: 50_000_000, rd: 3_000_000, cost: 45_000_000, soft: 1, total: 76 },
  { legal: '朱澜', staff: 50, rdStaff: 5, sales: 10_000_000, rd: 150_000, cost: 9_000_000, soft: 0, total: 4 },
  { legal: '沈禾', staff: 40, rdStaff: 12, sales: 8_000_000, rd: 2_400_000, cost: 8_000_000, soft: 3, total: 88 },
  { legal: '顾舟', staff: 40, rdStaff: 6, sales: 8_000_000, rd: 240_000, cost: 7_900_000, soft: 5, total: 52 },
];

export type StoryFirm = (typeof figures)[number] & { uscc: string; name: string };
type Row = (string | number)[];

/** Firms that no other run has: their names and codes hold `tag`. */
export function storyFirms(tag = randomBytes(3).toString('hex').toUpperCase()): { tag: string; firms: StoryFirm[] } {
  const first = 7_000_000 + Number.parseInt(tag, 16) * figures.length;
  const firms = figures.map((firm, index) => ({
    ...firm,
    uscc: makeUscc('320505', first + index),
    name: `苏州${tag}故事${index}有限公司`,
  }));
  return { tag, firms };
}

const dates = ['2026-09-30', '2026-10-08', 'I'];

const registryHead = leading.concat(
  '企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所'.split(','),
);

const registryRow = (key: string, uscc: string, firm: StoryFirm, when = dates): Row =>
  [
    key,
    uscc,
    when,
    firm.name,
    '',
    firm.legal,
    '500.50',
    '300',
    '2019-05-20',
    '存续',
    'C3911',
    '320583',
    '玉山镇1号',
  ].flat();

/** The registry's file: every firm, and three rows that cannot pass (check character, length, date). */
export function registryFile(tag: string, firms: StoryFirm[]): Row[] {
  const [first] = firms;
  const wrong = `${first!.uscc.slice(0, -1)}${first!.uscc.endsWith('0') ? '1' : '0'}`;
  return [
    registryHead,
    ...firms.map((firm) => registryRow(`R-${firm.uscc}`, firm.uscc, firm)),
    registryRow(`R-${tag}-1`, wrong, first!),
    registryRow(`R-${tag}-2`, 'SHORT', first!),
    registryRow(`R-${tag}-3`, first!.uscc, first!, ['2026-13-45', '2026-10-08', 'I']),
  ];
}

/** What 115号 needs besides the registry, feed by feed. */
export function scoreFiles(firms: StoryFirm[]): { feed: string; head: string[]; rows: Row[] }[] {
  return [
    {
      feed: 'tax.income-return',
      head: ['年度', '营业收入(元)', '成本费用总额(元)', '利润总额(元)', '研发费用(元)'],
      rows: firms.map(({ sales, cost, rd }) => [2025, `${sales}.00`, `${cost}.00`, `${sales - cost}.00`, `${rd}.00`]),
    },
    {
      feed: 'registry.annual-report',
      head: [
        '年度',
        '从业人数',
        '资产总额(万元)',
        '负债总额(万元)',
        '营业收入(万元)',
        '主营业务收入(万元)',
        '净利润(万元)',
        '纳税总额(万元)',
      ],
      rows: firms.map(({ staff, sales }) => [2025, staff, 900, 100, sales / 10_000, sales / 10_000, 10, 5]),
    },
    {
      feed: 'tech.staff',
      head: ['年度', '职工总数', '科技人员数'],
      rows: firms.map((f) => [2025, f.staff, f.rdStaff]),
    },
  ].map(({ rows, ...file }) => ({
    ...file,
    rows: rows.map((row, index) => [`${file.feed}-${firms[index]!.uscc}`, firms[index]!.uscc, ...dates, ...row]),
  }));
}

/** Software copyrights: as many as each firm has. */
export function rightsFile(tag: string, firms: StoryFirm[]): { feed: string; head: string[]; rows: Row[] } {
  const tail = (k: number) => `软件著作权,SR${tag}${k},系统软件,2021-01-01,2021-03-01,有效,自主研发,,是`.split(',');
  return {
    feed: 'ip.right',
    head: '类型,登记号,名称,申请日,授权日,状态,取得方式,受让日,主营相关'.split(','),
    rows: firms.flatMap(({ uscc, soft }) =>
      Array.from({ length: soft }, (_, k) => [`I-${uscc}-${k}`, uscc, ...dates, ...tail(k)]),
    ),
  };
}
