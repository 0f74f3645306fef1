import { fc, test as property } from '@fast-check/jest';

import { figure, record, registry, right, rule, run } from '../../test/records-of-one.js';
import { ipClass115 } from '../indicator/innovation.rules.js';

describe('科技型中小企业 on records', () => {
  it.each([
    ['发明专利', 1],
    ['植物新品种', 1],
    ['集成电路布图设计', 1],
    ['软件著作权', 2],
    ['实用新型', 2],
    ['外观设计', 2],
    ['商标', null],
    [null, null],
  ])('%s is of class %s', (kind, ipClass) => {
    expect(ipClass115(kind)).toBe(ipClass);
  });

  it('counts rights that are valid, granted and related only', () => {
    const { inputs } = run([
      right('发明专利'),
      right('发明专利', { status: '失效' }),
      right('发明专利', { related: '否' }),
      right('发明专利', { granted_on: '2026-12-01' }),
      right('软件著作权', { granted_on: null }),
      right('商标'),
    ]);
    expect([figure(inputs, 'class1Ip')?.value, figure(inputs, 'class2Ip')?.value]).toEqual([1, 1]);
  });

  it.each([
    ['nothing', [], { resident: null, size: null, products: true, conduct: true }],
    ['a registry record', [registry()], { resident: true }],
    ['a struck-off firm', [registry({ status: '吊销' })], { resident: false }],
    ['a firm that moved away', [registry({ status: '迁出' })], { resident: true }],
    [
      'a small fine',
      [record('penalty.decision', { offence: '未按期公示年报', kind: '罚款', decided_on: '2026-01-05' })],
      { conduct: true },
    ],
    [
      'a grave one last year',
      [record('penalty.decision', { offence: '重大生产安全事故', kind: '罚款', decided_on: '2025-01-01' })],
      { conduct: null },
    ],
    [
      'a grave one before',
      [record('penalty.decision', { offence: '重大生产安全事故', kind: '罚款', decided_on: '2024-12-31' })],
      { conduct: true },
    ],
    [
      'a closure',
      [record('penalty.decision', { offence: '违法排污', kind: '责令停产停业', decided_on: '2026-02-01' })],
      { conduct: null },
    ],
    ['a black colour', [record('environment.colour', { year: 2025, colour: '黑' })], { conduct: null }],
    [
      'a standing entry of breach',
      [record('court.enforcement', { kind: '失信', filed_on: '2024-01-01', removed_on: null })],
      { conduct: null },
    ],
  ])('judges the gates on %s', (_, records, gates) => {
    expect(rule(run(records).profile).gates).toMatchObject(gates);
  });

  it('passes the holder of a valid high-tech certificate directly', () => {
    const base = [
      registry(),
      record('registry.annual-report', {
        year: 2025,
        employees: 80,
        total_assets: '5000000000',
        revenue: '4000000000',
      }),
    ];
    const title = (valid_to: string) =>
      record('tech.title', { title: '高新技术企业', valid_from: '2024-01-01', valid_to });
    expect(rule(run([...base, title('2026-11-23')]).profile)).toMatchObject({ verdict: 'PASS', route: 'DIRECT' });
    expect(rule(run([...base, title('2026-11-22')]).profile).verdict).toBe('NEEDS_EXPERT');
  });

  it('says what silence was taken for', () => {
    expect(rule(run([]).profile).reasons.map(({ code }) => code)).toContain('NO_RECORD_NO_FINDING');
  });
});

/** A reference written another way: share in per cent against steps, from the highest down. */
const band = (value: number, whole: number, steps: [number, number][]) =>
  steps.find(([share]) => value * 100 >= share * whole)?.[1] ?? 0;

property.prop([
  fc.record({
    staff: fc.integer({ min: 20, max: 400 }),
    rdStaffShare: fc.integer({ min: 0, max: 45 }),
    sales: fc.integer({ min: 3_000_000, max: 90_000_000 }),
    rdShare: fc.integer({ min: 0, max: 9 }),
    costShare: fc.integer({ min: 2, max: 98 }),
    soft: fc.integer({ min: 0, max: 6 }),
  }),
])('gives random firms the points that the rule gives', ({ staff, sales, soft, ...shares }) => {
  const [rdStaff, rd, cost] = [
    Math.floor((staff * shares.rdStaffShare) / 100),
    Math.floor((sales * shares.rdShare) / 100),
    Math.floor((sales * shares.costShare) / 100),
  ];
  const fen = (yuan: number) => String(yuan * 100);
  const { profile } = run([
    registry(),
    record('tax.income-return', {
      year: 2025,
      revenue: fen(sales),
      total_cost: fen(cost),
      rd_expense: fen(rd),
      profit: '0',
    }),
    record('registry.annual-report', { year: 2025, employees: staff, total_assets: '900000000', revenue: fen(sales) }),
    record('tech.staff', { year: 2025, staff, rd_staff: rdStaff }),
    ...Array.from({ length: soft }, () => right('软件著作权')),
  ]);
  const people = band(rdStaff, staff, [
    [30, 20],
    [25, 16],
    [20, 12],
    [15, 8],
    [10, 4],
  ]);
  const toSales = band(rd, sales, [
    [6, 50],
    [5, 40],
    [4, 30],
    [3, 20],
    [2, 10],
  ]);
  const toCost = band(rd, cost, [
    [30, 50],
    [25, 40],
    [20, 30],
    [15, 20],
    [10, 10],
  ]);
  const total = people + Math.max(toSales, toCost) + Math.min(soft, 4) * 6;
  expect(rule(profile).total).toBe(total);
});
