import { day, type Fen, fen, must } from '@app/kernel';
import { fc, test as property } from '@fast-check/jest';

import { termsFor } from '../rule-set.js';
import { evaluateTechnologySme } from './evaluate-technology-sme.js';
import { type TechnologySmeFigures, unknownTechnologySmeFigures } from './technology-sme-figures.js';
import { technologySmeTerms } from './technology-sme-terms.js';

const asOf = day('2026-06-30');
const terms = must(termsFor(technologySmeTerms, asOf), 'terms of the day');

const money = fc.bigInt({ min: 0n, max: 30_000_000_000n }).map(fen);
const title = fc.boolean();
const complete: fc.Arbitrary<TechnologySmeFigures> = fc
  .record({
    residentInChina: fc.constant(true),
    employees: fc.integer({ min: 0, max: 600 }),
    salesFen: fc.oneof(money, fc.constant(fen(0))),
    assetsFen: money,
    costFen: fc.oneof(money, fc.constant(fen(0))),
    prohibitedProducts: fc.constant(false),
    majorAccidentOrOffence: fc.constant(false),
    abnormalList: fc.constant(false),
    seriousBreachList: fc.boolean(),
    rdStaff: fc.nat(200),
    rdFen: fc.bigInt({ min: 0n, max: 3_000_000_000n }).map(fen),
    class1Ip: fc.nat(1),
    class2Ip: fc.nat(6),
    direct: fc.record({
      hitechCertValid: title,
      nationalAwardTop3In5y: fc.constant(false),
      provincialRdBody: fc.constant(false),
      ledStandardIn5y: fc.constant(false),
    }),
  })
  .map((figures) => ({ ...figures, rdStaff: Math.min(figures.rdStaff, figures.employees) }));
const judged = (figures: TechnologySmeFigures) => evaluateTechnologySme(terms, figures, asOf);

property.prop([complete, fc.subarray(Object.keys(unknownTechnologySmeFigures))])(
  'a verdict on part of the figures is the verdict on all of them, or open',
  (figures, hidden) => {
    const nulls = Object.fromEntries(
      hidden.map((name) => [name, name === 'direct' ? unknownTechnologySmeFigures.direct : null]),
    );
    const part = judged({ ...figures, ...nulls });
    expect(['NEEDS_EXPERT', judged(figures).verdict]).toContain(part.verdict);
  },
);

property.prop([complete, fc.bigInt({ min: 1n, max: 10n ** 6n })])(
  'points do not depend on the unit of money',
  (figures, times) => {
    const scaled = (amount: Fen | null) => fen((amount ?? 0n) * times);
    const { salesFen, costFen, rdFen } = figures;
    const other = { ...figures, salesFen: scaled(salesFen), costFen: scaled(costFen), rdFen: scaled(rdFen) };
    expect(judged(other).points).toEqual(judged(figures).points);
  },
);

property.prop([complete, fc.bigInt({ min: 0n, max: 10n ** 9n })])(
  'more research never costs points',
  (figures, more) => {
    const before = judged(figures);
    const after = judged({ ...figures, rdFen: fen((figures.rdFen ?? 0n) + more) });
    expect((after.total ?? 0) >= (before.total ?? 0)).toBe(true);
  },
);

property.prop([complete])('a pass has all gates and one way; the same figures give the same answer', (figures) => {
  const answer = judged(figures);
  expect(judged(figures)).toEqual(answer);
  expect(answer.route !== null).toBe(answer.verdict === 'PASS');
  if (answer.route === 'SCORE') expect(answer.total).toBeGreaterThanOrEqual(60);
  if (answer.route !== null) expect(Object.values(answer.gates)).toEqual([true, true, true, true]);
});
