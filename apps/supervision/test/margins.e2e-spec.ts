import { type Day, day, must } from '@app/kernel';
import { fc, test } from '@fast-check/jest';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import type { Fact } from '../src/fact/fact.rules.js';
import { Facts } from '../src/fact/fact.service.js';
import { FactReader } from '../src/indicator/fact-reader.service.js';
import { marginsOf } from '../src/indicator/margin-plan.rules.js';
import { MarginReader } from '../src/indicator/margin-reader.service.js';
import { dimensionsOf, type Filter, filters, type MeasureName } from '../src/indicator/measure.rules.js';
import type { Period } from '../src/indicator/period.rules.js';
import type { Asked, Figures } from '../src/indicator/series.rules.js';
import type { Cell } from '../src/indicator/suppression.rules.js';
import { CreateMargin1790000006000 } from '../src/migrations/1790000006000-create-margin.js';
import { SupervisionModule } from '../src/supervision.module.js';

let service: TestService;
let db: DataSource;
beforeAll(async () => {
  service = await startService(database, SupervisionModule);
  db = service.app.get(DataSource);
});
afterAll(() => service.stop());

/** Few of everything, so that acts meet in cells, months and enterprises; days at both ends of months. */
const fact: fc.Arbitrary<Fact> = fc
  .record({
    kind: fc.constantFrom(...(['NEED', 'GRAB', 'CONTACT', 'DISBURSEMENT', 'DECLINE', 'AUTHORISATION_SIGNED'] as const)),
    subject: fc.integer({ min: 0, max: 60 }).map(String),
    enterprise: fc.integer({ min: 0, max: 7 }),
    month: fc.integer({ min: 5, max: 9 }),
    date: fc.constantFrom('01', '02', '15', '28', '30'),
    district: fc.constantFrom('320505', '320583', ''),
    industry2: fc.constantFrom('39', '65'),
    tier: fc.constantFrom('T1', 'T3', ''),
    bank: fc.constantFrom('B1', 'B2'),
    detail: fc.constantFrom('1', '24', 'MORE'),
    amount: fc.integer({ min: -3, max: 900 }),
  })
  .map(({ enterprise, month, date, bank, detail, amount, ...one }): Fact => {
    const frozen = one.kind !== 'AUTHORISATION_SIGNED';
    const on = `2026-0${month}-${date}`;
    const nowhere = { district: '', industry2: '', tier: '' };
    return {
      ...one,
      ...(frozen ? {} : nowhere),
      uscc: `U${enterprise}`,
      at: `${on}T04:00:00Z`,
      day: on,
      institution: frozen && one.kind !== 'NEED' ? bank : '',
      detail: one.kind === 'CONTACT' || one.kind === 'DECLINE' ? detail : '',
      amount: String(one.kind === 'DISBURSEMENT' ? amount : 7),
      weight: String(amount * 3),
    };
  });

const [from, to] = ['2026-06-01', '2026-08-31'] as [Day, Day];
const whole: Period = { from, to };
const periods: Period[] = [whole, { from, to: day('2026-06-30') }, { from: day('2026-06-02'), to: day('2026-06-29') }];
const values: Record<Filter, string> = { district: '320505', industry: '39', tier: '', institution: 'B1' };

/** Every question by every measure here, with no filter, each one and each two of them. */
function questions(): Asked[] {
  const picks = filters.flatMap((one, index) => [[one], ...filters.slice(index + 1).map((two) => [one, two])]);
  const measures: MeasureName[] = ['needs', 'grabs', 'contactHoursMedian', 'disbursedFen', 'firstLoans', 'declines'];
  return [...measures, 'authorisationsSigned' as const].flatMap((measure) => {
    const known = dimensionsOf(measure);
    const held = [[], ...picks].filter((pick) => pick.every((name) => known.includes(name)));
    const cuts = known.flatMap((by) => held.map((pick) => ({ by, only: valuesOf(pick) })));
    const soFar = { by: { upToDate: 15 }, only: {} };
    return [...cuts, soFar].flatMap((cut) => periods.map((period) => ({ measure, ...cut, period })));
  });
}

const valuesOf = (pick: readonly Filter[]) => Object.fromEntries(pick.map((name) => [name, values[name]]));

const inOrder = (cells: readonly Cell[]) =>
  cells
    .filter(({ n }) => n > 0)
    .map(({ key, n }) => `${JSON.stringify(key)} ${n}`)
    .toSorted();

const textOf = (sums: Figures['sums']) =>
  [...sums]
    .map(([key, { count, amount, weight, buckets }]) => [
      key,
      count,
      amount,
      weight,
      [...buckets].filter(([, acts]) => acts !== 0n).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ])
    // What came and was taken back leaves a row of nothing in a rollup.
    .filter(([, ...figures]) => figures.slice(0, 3).some((one) => one !== 0n))
    .map((one) => JSON.stringify(one, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
    .toSorted();

const tell = (facts: readonly Fact[]) => db.transaction((tx) => service.app.get(Facts).count(tx, facts));

/** The two ways to read, both of them from what is there now. */
async function expectSameAnswers(tx: EntityManager, asked: readonly Asked[]): Promise<void> {
  const [kept, counted] = [service.app.get(MarginReader), service.app.get(FactReader)];
  for (const one of asked) {
    const margins = must(marginsOf(one), 'only what is kept is asked for');
    const question = JSON.stringify(one);
    const [ours, theirs] = [await kept.read(tx, one, margins), await counted.read(tx, one)];
    expect([question, inOrder(ours.cells), textOf(ours.sums)]).toEqual([
      question,
      inOrder(theirs.cells),
      textOf(theirs.sums),
    ]);
  }
}

describe('figures that are kept', () => {
  const kept = questions().filter((one) => marginsOf(one) !== undefined);
  beforeEach(async () => {
    await service.db.query('truncate supervision.fact, supervision.rollup, supervision.margin, supervision.reach');
  });

  it('are most of what may be asked for by whole months', () => {
    const byMonths = questions().filter(({ period }) => period === whole);
    const left = byMonths.filter((one) => marginsOf(one) === undefined);
    expect(left.length / byMonths.length).toBeLessThan(0.5);
    const unfiltered = left.filter(({ by, only }) => typeof by === 'string' && Object.keys(only).length === 0);
    expect(unfiltered).toEqual([]);
  });

  const some = fc.uniqueArray(fc.constantFrom(...kept), { minLength: 30, maxLength: 30 });
  test.prop([fc.array(fact, { maxLength: 90 }), fc.integer({ min: 1, max: 30 }), some], { numRuns: 12 })(
    'are those that the facts give, for any question, however late and often acts are heard',
    async (facts, batch, asked) => {
      await service.db.query('truncate supervision.fact, supervision.rollup, supervision.margin, supervision.reach');
      for (let at = 0; at < facts.length; at += batch) await tell(facts.slice(at, at + batch));
      await db.transaction((tx) => expectSameAnswers(tx, asked));
    },
  );

  it('are the same when acts of one enterprise are written at once', async () => {
    const one = must(fc.sample(fact, { seed: 7, numRuns: 1 })[0], 'a sample');
    const acts = Array.from({ length: 24 }, (_, number): Fact => ({
      ...one,
      kind: 'GRAB',
      subject: `S${number}`,
      day: `2026-0${6 + (number % 3)}-15`,
      uscc: 'U1',
      institution: 'B1',
      detail: '',
    }));
    await Promise.all(acts.map((act) => tell([act])));
    const asked = kept.filter(({ measure, only }) => measure === 'grabs' && Object.keys(only).length === 0);
    await db.transaction((tx) => expectSameAnswers(tx, asked));
  });
});

describe('figures from before there were margins', () => {
  it('are filled in by the migration as the service keeps them', async () => {
    await service.db.query('truncate supervision.fact, supervision.rollup, supervision.margin, supervision.reach');
    await tell(fc.sample(fact, { seed: 11, numRuns: 200 }));
    const all = async () => [
      await service.db.query(`select cut, kind, step::text, cell, bucket, count::text, amount::text, weight::text
        from supervision.margin order by 1, 2, 3, 4, 5`),
      await service.db.query(`select cut, kind, step::text, step_before::text, cell, enterprises::text
        from supervision.reach where enterprises <> 0 order by 1, 2, 3, 4, 5`),
    ];
    const before = await all();
    const migration = new CreateMargin1790000006000();
    // By the owner, as the migration runner works; readers' rights play no part here.
    const run = { query: (sql: string) => service.db.query(`set search_path to supervision; ${sql}`) } as QueryRunner;
    await migration.down(run);
    await migration.up(run);
    await service.db.query('set search_path to default');
    expect(await all()).toEqual(before);
  });
});
