import { day, fen, must, yuan } from '@app/kernel';

import { termsFor } from '../rule-set.js';
import { evaluateTechnologySme } from './evaluate-technology-sme.js';
import { type TechnologySmeFigures, unknownTechnologySmeFigures } from './technology-sme-figures.js';
import { technologySmeTerms } from './technology-sme-terms.js';

const asOf = day('2026-06-30');
const terms = must(termsFor(technologySmeTerms, asOf), 'terms of the day');
const noTitle = {
  hitechCertValid: false,
  nationalAwardTop3In5y: false,
  provincialRdBody: false,
  ledStandardIn5y: false,
};

/** The vector of the rule's explanation: 12 + 40 + 12 = 64. */
const base: TechnologySmeFigures = {
  residentInChina: true,
  employees: 100,
  salesFen: yuan(50_000_000),
  assetsFen: yuan(60_000_000),
  costFen: yuan(45_000_000),
  prohibitedProducts: false,
  majorAccidentOrOffence: false,
  abnormalList: false,
  seriousBreachList: false,
  rdStaff: 22,
  rdFen: yuan(2_600_000),
  class1Ip: 0,
  class2Ip: 2,
  direct: noTitle,
};

const judge = (change: Partial<TechnologySmeFigures>) => evaluateTechnologySme(terms, { ...base, ...change }, asOf);
const codes = (change: Partial<TechnologySmeFigures>) => judge(change).reasons.map(({ code }) => code);

describe('the worked cases', () => {
  it.each([
    [{}, { staff: 12, rdToSales: 40, rdToCost: 0, rd: 40, ip: 12 }, 64, 'PASS', 'SCORE'],
    [
      { rdStaff: 9, class1Ip: 1, class2Ip: 0 },
      { staff: 0, rdToSales: 40, rdToCost: 0, rd: 40, ip: 30 },
      70,
      'FAIL',
      null,
    ],
    [
      { employees: 200, rdStaff: 60, rdFen: yuan(3_000_000), class2Ip: 1 },
      { staff: 20, rdToSales: 50, rdToCost: 0, rd: 50, ip: 6 },
      76,
      'PASS',
      'SCORE',
    ],
    [
      { employees: 200, rdStaff: 59, rdFen: yuan(3_000_000), class2Ip: 1 },
      { staff: 16, rdToSales: 50, rdToCost: 0, rd: 50, ip: 6 },
      72,
      'PASS',
      'SCORE',
    ],
  ] as const)('%#', (change, points, total, verdict, route) => {
    const scoreGate = verdict === 'PASS';
    expect(judge(change)).toMatchObject({
      gates: { resident: true, size: true, products: true, conduct: true },
      points,
      total,
      scoreGate,
      directPass: false,
      verdict,
      route,
      ruleSet: 'technology-sme',
      ruleSetVersion: '2017-115',
    });
  });
});

describe('the bands', () => {
  it.each([
    [0, 0],
    [99, 0],
    [100, 4],
    [149, 4],
    [150, 8],
    [199, 8],
    [200, 12],
    [249, 12],
    [250, 16],
    [299, 16],
    [300, 20],
    [1_000, 20],
  ])('of staff: %i of 1000 is %i points', (rdStaff, points) => {
    expect(judge({ employees: 1_000, rdStaff }).points['staff']).toBe(points);
  });

  it.each([
    [0n, 0],
    [199_999_999n, 0],
    [200_000_000n, 10],
    [299_999_999n, 10],
    [300_000_000n, 20],
    [400_000_000n, 30],
    [500_000_000n, 40],
    [599_999_999n, 40],
    [600_000_000n, 50],
    [99_000_000_000n, 50],
  ])('of R&D over sales of 1亿: %s fen is %i points', (rdFen, points) => {
    expect(judge({ salesFen: fen(10_000_000_000n), rdFen: fen(rdFen) }).points['rdToSales']).toBe(points);
  });

  it.each([
    [9_999n, 0],
    [10_000n, 10],
    [14_999n, 10],
    [15_000n, 20],
    [20_000n, 30],
    [25_000n, 40],
    [29_999n, 40],
    [30_000n, 50],
  ])('of R&D over a cost of 1000元: %s fen is %i points', (rdFen, points) => {
    expect(judge({ costFen: fen(100_000), rdFen: fen(rdFen) }).points['rdToCost']).toBe(points);
  });

  it.each([
    [0, 0, 0],
    [0, 1, 6],
    [0, 2, 12],
    [0, 3, 18],
    [0, 4, 24],
    [0, 5, 24],
    [0, 900, 24],
    [1, 0, 30],
    [2, 7, 30],
  ])('of rights: %i of class one and %i of class two are %i points', (class1Ip, class2Ip, points) => {
    expect(judge({ class1Ip, class2Ip }).points['ip']).toBe(points);
  });

  it('hold for amounts beyond the numbers of JavaScript', () => {
    const salesFen = fen('999999999999999900');
    const border = fen('59999999999999994');
    expect(judge({ salesFen, rdFen: border }).points['rdToSales']).toBe(50);
    expect(judge({ salesFen, rdFen: fen(border - 1n) }).points['rdToSales']).toBe(40);
  });

  it('pass with exactly 60 and fail with 58', () => {
    expect(judge({ rdStaff: 15, class2Ip: 2 })).toMatchObject({ total: 60, verdict: 'PASS', scoreGate: true });
    expect(judge({ rdStaff: 20, class2Ip: 1 })).toMatchObject({ total: 58, verdict: 'FAIL', scoreGate: false });
  });
});

describe('the gates', () => {
  it.each([
    [{ employees: 500, rdStaff: 150 }, true],
    [{ employees: 501, rdStaff: 151 }, false],
    [{ salesFen: yuan(200_000_000), rdFen: yuan(20_000_000) }, true],
    [{ salesFen: fen(20_000_000_001n), rdFen: yuan(20_000_000) }, false],
    [{ assetsFen: yuan(200_000_000) }, true],
    [{ assetsFen: fen(20_000_000_001n) }, false],
  ])('of size, borders included: %#', (change, size) => {
    expect(judge(change)).toMatchObject({ gates: { size }, verdict: size ? 'PASS' : 'FAIL', scoreGate: true });
  });

  it.each([
    [{ residentInChina: false }, 'resident'],
    [{ prohibitedProducts: true }, 'products'],
    [{ majorAccidentOrOffence: true }, 'conduct'],
    [{ abnormalList: true }, 'conduct'],
    [{ seriousBreachList: true }, 'conduct'],
  ])('fail whatever the points and titles, and the total is given all the same: %#', (change, gate) => {
    const answer = judge({ ...change, direct: { ...noTitle, hitechCertValid: true } });
    expect(answer).toMatchObject({
      gates: { [gate]: false },
      total: 64,
      directPass: true,
      verdict: 'FAIL',
      route: null,
    });
    expect(answer.reasons.map(({ code }) => code)).toContain(`GATE_${gate.toUpperCase()}_NOT_MET`);
  });
});

describe('the direct way', () => {
  it.each(Object.keys(noTitle))('%s passes without points', (title) => {
    const answer = judge({ rdStaff: 0, direct: { ...noTitle, [title]: true } });
    expect(answer).toMatchObject({ verdict: 'PASS', route: 'DIRECT', scoreGate: false, directPass: true, total: 52 });
  });

  it('is not named when the points do', () => {
    expect(judge({ direct: { ...noTitle, ledStandardIn5y: true } })).toMatchObject({ verdict: 'PASS', route: 'SCORE' });
  });

  it('needs no points that cannot be computed', () => {
    const answer = judge({ rdStaff: null, direct: { ...noTitle, hitechCertValid: true } });
    expect(answer).toMatchObject({ verdict: 'PASS', route: 'DIRECT', total: null, scoreGate: null });
  });
});

describe('what is not known', () => {
  it('is null and needs an expert when nothing is', () => {
    expect(evaluateTechnologySme(terms, unknownTechnologySmeFigures, asOf)).toMatchObject({
      gates: { resident: null, size: null, products: null, conduct: null },
      points: { staff: null, rdToSales: null, rdToCost: null, rd: null, ip: null },
      total: null,
      scoreGate: null,
      directPass: null,
      verdict: 'NEEDS_EXPERT',
      route: null,
    });
  });

  it('leaves a total from counts and money alone, as records give them', () => {
    const { residentInChina, prohibitedProducts, majorAccidentOrOffence, abnormalList, seriousBreachList, direct } =
      unknownTechnologySmeFigures;
    const change = {
      residentInChina,
      prohibitedProducts,
      majorAccidentOrOffence,
      abnormalList,
      seriousBreachList,
      direct,
    };
    expect(judge(change)).toMatchObject({ total: 64, scoreGate: true, verdict: 'NEEDS_EXPERT', route: null });
  });

  it('is a share of nothing', () => {
    expect(judge({ salesFen: fen(0) })).toMatchObject({ points: { rdToSales: null, rdToCost: 0, rd: 0 }, total: 24 });
    expect(judge({ costFen: fen(0) })).toMatchObject({ points: { rdToSales: 40, rdToCost: null, rd: 40 }, total: 64 });
    expect(judge({ salesFen: fen(0), costFen: fen(0) })).toMatchObject({
      points: { rdToSales: null, rdToCost: null, rd: null },
      total: null,
      verdict: 'NEEDS_EXPERT',
    });
    expect(judge({ employees: 0, rdStaff: 0 })).toMatchObject({
      points: { staff: null },
      total: null,
      verdict: 'NEEDS_EXPERT',
    });
  });

  it('is a fail where nothing could change it', () => {
    expect(judge({ rdStaff: 0, rdFen: null }).verdict).toBe('FAIL');
    expect(judge({ rdStaff: 10, class2Ip: 0, rdFen: null })).toMatchObject({ scoreGate: false, verdict: 'FAIL' });
    expect(judge({ assetsFen: null, abnormalList: true }).verdict).toBe('FAIL');
  });

  it('stays open where the missing amount could lift the total', () => {
    expect(judge({ rdFen: yuan(1_000_000), costFen: null })).toMatchObject({
      points: { rdToSales: 10, rdToCost: null, rd: 10 },
      total: 34,
      scoreGate: null,
      verdict: 'NEEDS_EXPERT',
    });
  });

  it('does not matter of class two when there is one of class one', () => {
    expect(judge({ class1Ip: 1, class2Ip: null })).toMatchObject({ points: { ip: 30 }, total: 82, verdict: 'PASS' });
    expect(judge({ class1Ip: null, class2Ip: 4 })).toMatchObject({ points: { ip: null }, verdict: 'NEEDS_EXPERT' });
  });

  it('is a count that denies another', () => {
    expect(judge({ rdStaff: 101 })).toMatchObject({ points: { staff: null }, total: null, verdict: 'NEEDS_EXPERT' });
    expect(codes({ rdStaff: 101 })).toContain('STAFF_FIGURES_CLASH');
  });
});

describe('the reasons', () => {
  it('give every figure in both languages', () => {
    const { reasons } = judge({});
    expect(reasons.find(({ code }) => code === 'STAFF')).toEqual({
      code: 'STAFF',
      zh: '科技人员占比 22.00%，得 12 分',
      en: 'research staff are 22.00%: 12 points',
    });
    const text = reasons.map(({ zh }) => zh).join('\n');
    expect(text).toContain('研发费用占销售收入 5.20%，得 40 分');
    expect(text).toContain('研发费用占成本费用总额 5.77%，得 0 分');
    expect(text).toContain('销售收入 5,000.00 万元（不超过 20,000.00 万元）');
    expect(text).toContain('Ⅰ类知识产权 0 件、Ⅱ类 2 件，得 12 分');
    expect(text).toContain('总分 64 分，达到 60 分');
    expect(reasons.at(-1)?.zh).toBe('结论：符合科技型中小企业条件（评分）');
  });

  it('never show a share whose points were not given', () => {
    const { reasons } = judge({ employees: 100_000, rdStaff: 29_999 });
    expect(reasons.find(({ code }) => code === 'STAFF')?.zh).toBe('科技人员占比 29.99%，得 16 分');
  });

  it('say that an indicator of 0 outweighs a good total', () => {
    const answer = judge({ rdStaff: 9, class1Ip: 1 });
    expect(answer.reasons.find(({ code }) => code === 'STAFF_INDICATOR_ZERO')?.zh).toBe(
      '总分 70，科技人员指标得分为 0，不符合评分条件',
    );
  });
});
