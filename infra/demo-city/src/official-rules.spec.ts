import { type Day, day, fen, type Fen } from '@app/kernel';
import { evaluateTechnologySme, technologySmeTerms, termsFor, unknownTechnologySmeFigures } from '@app/rules';

import { type City, type Enterprise, generateCity } from './city.js';
import { rightDeliveries } from './innovation-rows.js';
import { strongEnterprise } from './people.js';

const today = day('2026-11-23');
const city = generateCity({ enterprises: 1_000, today, seed: 'rules' });
const rights = rightsByCode(city);

describe('the city under 国科发政〔2017〕115号, by points alone', () => {
  it('passes the strong firm of the demo with room to spare', () => {
    const strong = evaluate(strongEnterprise(city), today);
    expect(strong.verdict).toBe('PASS');
    expect(strong.total).toBeGreaterThanOrEqual(80);
  });

  it('passes most firms with a title and few without', () => {
    expect(passShare(0)).toBeGreaterThan(0);
    expect(passShare(0)).toBeLessThan(0.1);
    expect(passShare(1)).toBeGreaterThan(0.55);
    expect(passShare(2)).toBeGreaterThan(0.6);
    expect(passShare(3)).toBeGreaterThan(0.6);
  });

  it('finds the firms at the top too large, as they are', () => {
    expect(passShare(5)).toBeLessThan(0.5);
  });
});

function passShare(tier: number): number {
  const firms = city.enterprises.filter((one) => one.tier === tier && one.books.years.length > 0);
  return firms.filter((one) => evaluate(one, today).verdict === 'PASS').length / firms.length;
}

/** On the last year's figures; whatever the feeds do not say is taken as in order, so that size and points decide. */
function evaluate(enterprise: Enterprise, asOf: Day): { verdict: string; total: number | null } {
  const terms = termsFor(technologySmeTerms, asOf);
  const year = enterprise.books.years.at(-1);
  if (terms === undefined || year === undefined) throw new Error('the spec needs terms in force and a whole year');
  const held = rights.get(enterprise.uscc) ?? { class1: 0, class2: 0 };
  const evaluation = evaluateTechnologySme(
    terms,
    {
      ...unknownTechnologySmeFigures,
      residentInChina: true,
      prohibitedProducts: false,
      majorAccidentOrOffence: false,
      abnormalList: false,
      seriousBreachList: false,
      employees: year.employees,
      rdStaff: year.rdStaff,
      salesFen: fenOf(year.revenueYuan),
      costFen: fenOf(year.totalCostYuan),
      assetsFen: fenOf(year.totalAssetsYuan),
      rdFen: fenOf(year.rdExpenseYuan),
      class1Ip: held.class1,
      class2Ip: held.class2,
      direct: { hitechCertValid: false, nationalAwardTop3In5y: false, provincialRdBody: false, ledStandardIn5y: false },
    },
    asOf,
  );
  return { verdict: evaluation.verdict, total: evaluation.total };
}

function fenOf(yuan: number): Fen {
  return fen(Math.round(yuan * 100));
}

/** Valid rights related to the main product, as the rows of the feed say. */
function rightsByCode(of: City): Map<string, { class1: number; class2: number }> {
  const held = new Map<string, { class1: number; class2: number }>();
  const class2 = new Set(['软件著作权', '实用新型', '外观设计']);
  for (const { cells } of Array.from(rightDeliveries(of)).flatMap((delivery) => delivery.rows)) {
    const [, uscc = '', , , , kind = '', , , , , status, , , related] = cells;
    if (status !== '有效' || related !== '是') continue;
    const counts = held.get(uscc) ?? { class1: 0, class2: 0 };
    if (kind === '发明专利' || kind === '集成电路布图设计') counts.class1 += 1;
    if (class2.has(kind)) counts.class2 += 1;
    held.set(uscc, counts);
  }
  return held;
}
