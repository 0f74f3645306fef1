import { fc, test } from '@fast-check/jest';

import { aContract } from '../../test/a-contract.js';
import type { Contract, QualityRule } from '../contract/contract.rules.js';
import { type FeedRecords, measureOf, type QualityRecord } from './quality.rules.js';
import { partsOf, scoreOf, scoreOfFeeds } from './score.rules.js';
import { added, noSums, sumsOf } from './sums.rules.js';

const monthly = (...quality: QualityRule[]): Contract =>
  aContract({
    feed: 'town.insured',
    columns: [
      { header: '月份', name: 'month', type: 'month', required: true },
      { header: '人数', name: 'insured', type: 'integer' },
      { header: '金额(元)', name: 'due', type: 'money', unit: 'yuan' },
    ],
    quality,
  });
const yearly = aContract({
  feed: 'town.staff',
  columns: [
    { header: '年度', name: 'year', type: 'year', required: true },
    { header: '职工总数', name: 'staff', type: 'integer' },
    { header: '销售额(元)', name: 'sales', type: 'money', unit: 'yuan' },
  ],
});
const unique: QualityRule = { rule: 'UNIQUE', fields: ['uscc', 'month'] };
const jump: QualityRule = { rule: 'JUMP', field: 'due', factor: 10_000 };

const a = (
  key: string,
  fields: Record<string, unknown>,
  before: Record<string, unknown> | null = null,
): QualityRecord => ({
  key,
  eventDate: '2026-01-31',
  reportDate: '2026-02-10',
  fields,
  before,
});
const look = (contract: Contract, records: QualityRecord[], other?: FeedRecords) =>
  measureOf({ contract, records }, new Map(other ? [[other.contract.feed, other]] : []));
const keysOf = (contract: Contract, records: QualityRecord[], other?: FeedRecords) =>
  look(contract, records, other).findings.flatMap(({ keys }) => keys);
const month = (number: number, due: number | string, key = `M-${number}`) =>
  a(key, { month: `2025-${String(number).padStart(2, '0')}`, due: String(due) });

describe('the rules of quality', () => {
  it('find equal months of one enterprise, and count both records', () => {
    const measure = look(monthly(unique), [month(1, 1, 'A'), month(1, 2, 'B'), month(2, 3, 'C')]);
    expect(measure).toMatchObject({ records: 3, affected: 2 });
    expect(measure.findings).toMatchObject([{ kind: 'UNIQUE', subject: '2025-01', keys: ['A', 'B'] }]);
  });

  it.each([
    ['the same day', '2026-02-10', 0],
    ['a day too early', '2026-02-09', 1],
    ['no day', undefined, 0],
  ])('take an end on %s as it is', (_, end, findings) => {
    const contract = aContract({ quality: [{ rule: 'ORDER', earlier: 'event_date', later: 'kind' }] });
    const record = { ...a('A', { kind: end }), eventDate: '2026-02-10' };
    expect(look(contract, [record]).findings).toHaveLength(findings);
  });

  it.each([
    [-1, 1],
    [0, 0],
    [100, 0],
    [101, 1],
    [undefined, 0],
  ])('hold %s against the bounds', (insured, findings) => {
    const contract = monthly({ rule: 'RANGE', field: 'insured', min: 0, max: 100 });
    expect(look(contract, [a('A', { insured })]).findings).toHaveLength(findings);
  });

  it.each<[string, QualityRecord[], string[]]>([
    [
      'one month in 万元 among others in 元',
      [month(1, 5_000_000), month(2, 4_000_000), month(3, 52_000_000_000), month(4, 6_000_000)],
      ['M-3'],
    ],
    ['one month in 元 among others in 万元', [month(1, 5_000_000), month(2, 400), month(3, 5_200_000)], ['M-2']],
    ['a firm that grew tenfold', [month(1, 5_000_000), month(2, 50_000_000), month(3, 60_000_000)], []],
    ['months without any', [month(1, 0), month(2, 5_000_000), month(3, 0)], []],
    ['too few months to know what is usual', [month(1, 5), month(2, 50_000)], []],
    ['a figure that was 10 000 times less before', [a('A', { month: '2025-01', due: '50000' }, { due: '5' })], ['A']],
    [
      'a month that was put right among others',
      [month(1, 5), month(2, 6), a('A', { month: '2025-03', due: '5' }, { due: '50000' })],
      [],
    ],
    ['a figure that was corrected a little', [a('A', { month: '2025-01', due: '50000' }, { due: '60000' })], []],
  ])('see jumps of the unit: %s', (_, records, keys) => {
    expect(keysOf(monthly(unique, jump), records)).toEqual(keys);
  });

  it('compare single cases only with what they said before: fines differ', () => {
    const contract = aContract({ quality: [{ rule: 'JUMP', field: 'pledge', factor: 10_000 }] });
    expect(
      keysOf(contract, [a('A', { pledge: '1' }), a('B', { pledge: '2' }), a('C', { pledge: '100000000' })]),
    ).toEqual([]);
  });

  const agrees: QualityRule = {
    rule: 'AGREES',
    field: 'insured',
    feed: 'town.staff',
    with: 'staff',
    toleranceBp: 3_000,
  };
  const insured = (number: number, count: number) =>
    a(`M-${number}`, { month: `2025-${String(number).padStart(2, '0')}`, insured: count });
  const staffOf = (count: number, year = '2025'): FeedRecords => ({
    contract: yearly,
    records: [a('S', { year, staff: count })],
  });

  it.each([
    [130, 100, []],
    [131, 100, ['M-12']],
    [69, 100, ['M-12']],
    [1, 0, ['M-12']],
    [0, 0, []],
  ])('compare %i insured in December with %i of the staff', (december, staff, keys) => {
    expect(keysOf(monthly(agrees), [insured(3, 999), insured(12, december)], staffOf(staff))).toEqual(keys);
  });

  it('compare nothing where one of the two said nothing of the year', () => {
    expect(keysOf(monthly(agrees), [insured(12, 900)], staffOf(1, '2024'))).toEqual([]);
    expect(keysOf(monthly(agrees), [insured(12, 900)])).toEqual([]);
  });

  it('compare money of a year only when all its months are there', () => {
    const rule: QualityRule = { rule: 'AGREES', field: 'due', feed: 'town.staff', with: 'sales', toleranceBp: 2_000 };
    const books: FeedRecords = { contract: yearly, records: [a('S', { year: '2025', sales: '100' })] };
    const months = (count: number) => Array.from({ length: count }, (_, at) => month(at + 1, 100));
    expect(look(monthly(rule), months(11), books).findings).toEqual([]);
    const [finding] = look(monthly(rule), months(12), books).findings;
    expect(finding?.detail.sides).toMatchObject([
      { feed: 'town.insured', value: '1200' },
      { feed: 'town.staff', value: '100', keys: ['S'] },
    ]);
  });

  const anyRecord = fc
    .record({
      key: fc.nat(30),
      number: fc.integer({ min: 1, max: 12 }),
      due: fc.constantFrom('0', '7', '80000', '90000000'),
      insured: fc.option(fc.nat(300), { nil: undefined }),
    })
    .map(({ key, number, due, insured: count }) =>
      a(`K-${key}`, { month: `2025-${String(number).padStart(2, '0')}`, due, insured: count }),
    );
  const all = monthly(
    unique,
    jump,
    agrees,
    { rule: 'COMPLETE', field: 'insured', minBp: 9_900 },
    { rule: 'RANGE', field: 'insured', max: 200 },
  );

  test.prop([fc.uniqueArray(anyRecord, { selector: ({ key }) => key, maxLength: 20 }), fc.nat()])(
    'say the same in whatever order records come, and never of more records than there are',
    (records, turn) => {
      const measure = look(all, records, staffOf(100));
      const turned = [...records.slice(turn % (records.length + 1)), ...records.slice(0, turn % (records.length + 1))];
      const named = (list: QualityRecord[]) =>
        look(all, list, staffOf(100))
          .findings.map(({ rule, subject, keys }) => `${rule} ${subject} ${keys.join()}`)
          .toSorted((one, two) => (one < two ? -1 : 1));
      expect(named(turned)).toEqual(named(records));
      expect(measure.affected).toBeLessThanOrEqual(measure.records);
      expect(measure.filled.insured).toBe(records.filter(({ fields }) => fields.insured !== undefined).length);
      // What was added can be taken away again without a rest.
      expect(added(added(noSums, sumsOf(measure)), sumsOf(measure), -1)).toEqual(noSums);
    },
  );
});

describe('a score', () => {
  const weights = { valid: 30, complete: 20, consistent: 30, fresh: 20 };
  const state = {
    read: 100,
    setAside: 10,
    records: 50,
    affected: 5,
    filled: { month: 50, due: 25 },
    ageDays: 20,
    freshnessDays: 10,
  };

  it('is the weighted mean of what is known', () => {
    expect(partsOf(state)).toEqual({ valid: 9_000, complete: 5_000, consistent: 9_000, fresh: 5_000 });
    expect(scoreOf(partsOf(state), weights)).toBe(7_400);
    expect(scoreOf({ valid: 9_000, complete: null, consistent: null, fresh: null }, weights)).toBe(9_000);
  });

  it('is nothing where nothing is known', () => {
    const empty = { ...state, read: 0, setAside: 0, records: 0, affected: 0, ageDays: null };
    expect(scoreOf(partsOf(empty), weights)).toBeNull();
    expect(scoreOfFeeds([{ score: null, records: 9 }])).toBeNull();
    expect(
      scoreOfFeeds([
        { score: 10_000, records: 3 },
        { score: 0, records: 0 },
        { score: null, records: 9 },
      ]),
    ).toBe(7_500);
  });

  test.prop([fc.nat(1_000), fc.nat(1_000), fc.nat(1_000)])(
    'stays between nothing and all, and never rises with age',
    (read, bad, age) => {
      const of = (ageDays: number) =>
        scoreOf(partsOf({ ...state, read, setAside: Math.min(bad, read), ageDays }), weights)!;
      expect(of(age)).toBeGreaterThanOrEqual(0);
      expect(of(age)).toBeLessThanOrEqual(10_000);
      expect(of(age + 1)).toBeLessThanOrEqual(of(age));
    },
  );
});
