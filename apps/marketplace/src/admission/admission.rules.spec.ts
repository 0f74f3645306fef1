import { fc, it as property } from '@fast-check/jest';

import { compile, plain } from './admission-run.rules.js';
import { checksOf } from './admission-text.rules.js';
import { type AdmissionRule, type Condition, readAdmission } from './admission.rules.js';
import { anyRate, exactly, type Facts } from './facts.rules.js';

const facts: Facts = {
  district: '320583',
  industry: 'C3911',
  industry2: '39',
  tier: 'T3',
  titles: ['高新技术企业'],
  score: exactly(700),
  scoreBand: 'B',
  status: '存续',
  amountFen: exactly(500_000_000),
  termMonths: exactly(12),
  security: 'UNSECURED',
  annualRateBpMax: exactly(450),
};
const run = (rule: AdmissionRule, over: Partial<Facts> = {}) => compile(plain(rule))({ ...facts, ...over });
const when = (field: Condition['field'], op: Condition['op'], value: Condition['value']): Condition => ({
  field,
  op,
  value,
});

describe('an admission rule', () => {
  it.each<[Condition, boolean]>([
    [when('tier', 'in', ['T3', 'T4']), true],
    [when('tier', 'notIn', ['T3']), false],
    [when('district', 'eq', '320583'), true],
    [when('district', 'ne', '320583'), false],
    [when('industry', 'startsWith', ['C39', 'C27']), true],
    [when('industry', 'notStartsWith', ['C39']), false],
    [when('titles', 'hasAny', ['高新技术企业', '小巨人']), true],
    [when('titles', 'hasNone', ['高新技术企业']), false],
    [when('score', 'gte', 700), true],
    [when('score', 'gt', 700), false],
    [when('amountFen', 'lte', '500000000'), true],
    [when('amountFen', 'lt', '500000000'), false],
    [when('termMonths', 'eq', 12), true],
    [when('termMonths', 'ne', 12), false],
  ])('%p is %p', (rule, outcome) => {
    expect(run(rule)).toBe(outcome);
    expect(run({ not: rule })).toBe(!outcome);
  });

  it('takes what is not known for neither passed nor failed', () => {
    const rule = when('tier', 'in', ['T3']);
    expect(run(rule, { tier: null })).toBeNull();
    expect(run({ not: rule }, { tier: null })).toBeNull();
    expect(run({ all: [rule, when('district', 'eq', '320505')] }, { tier: null })).toBe(false);
    expect(run({ any: [rule, when('district', 'eq', '320583')] }, { tier: null })).toBe(true);
  });

  it('lets any rate be within reach of who named none', () => {
    expect(run(when('annualRateBpMax', 'gte', 345), { annualRateBpMax: anyRate })).toBe(true);
  });

  it('says each demand with its value and its threshold, in both languages', () => {
    const [tier, amount, either] = checksOf(
      'ADMISSION',
      plain({
        all: [
          when('tier', 'in', ['T4', 'T5']),
          when('amountFen', 'lte', '300000000'),
          { any: [when('titles', 'hasAny', ['小巨人']), when('security', 'eq', 'UNSECURED')] },
        ],
      }),
      facts,
    );
    expect(tier).toMatchObject({ outcome: 'FAILED', zh: '科企梯次须为其一 T4、T5，实际 T3' });
    expect(amount).toMatchObject({ outcome: 'FAILED', zh: '需求金额须不超过 300.00万元，实际 500.00万元' });
    expect(either).toMatchObject({
      outcome: 'PASSED',
      en: '(titles must have one of 小巨人; it is 高新技术企业 or security must be unsecured; it is unsecured)',
    });
  });

  it('is refused when it is deeper or longer than anybody reads', () => {
    const deep = Array.from({ length: 7 }).reduce<unknown>((inner) => ({ not: inner }), when('tier', 'eq', 'T1'));
    expect(readAdmission(deep, '')).toMatchObject({ faults: [{ detail: expect.stringContaining('6 deep') }] });
    const long = { all: Array.from({ length: 100_000 }, () => when('tier', 'eq', 'T1')) };
    expect(readAdmission(long, '')).toMatchObject({ faults: [{ detail: expect.stringContaining('60 parts') }] });
  });
});

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom<Condition['field']>('score', 'termMonths', 'annualRateBpMax'),
    op: fc.constantFrom<Condition['op']>('gte', 'gt', 'lte', 'lt', 'eq', 'ne'),
    value: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({
    field: fc.constant<Condition['field']>('tier'),
    op: fc.constantFrom<Condition['op']>('in', 'notIn'),
    value: fc.subarray(['T1', 'T2', 'T3'], { minLength: 1 }),
  }),
);
const aRule = fc.letrec<{ rule: AdmissionRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
})).rule;
const figures = fc.record({
  score: fc.integer({ min: 0, max: 20 }),
  termMonths: fc.integer({ min: 0, max: 20 }),
  annualRateBpMax: fc.integer({ min: 0, max: 20 }),
  tier: fc.constantFrom('T1', 'T2', 'T3'),
});
const exact = (known: { score: number; termMonths: number; annualRateBpMax: number; tier: string }) => ({
  score: exactly(known.score),
  termMonths: exactly(known.termMonths),
  annualRateBpMax: exactly(known.annualRateBpMax),
  tier: known.tier,
});

property.prop([aRule, figures])(
  'that is readable reads back as itself, and is decided when all is known',
  (rule, known) => {
    expect(readAdmission(JSON.parse(JSON.stringify(rule)), '')).toEqual({ rule });
    const outcome = run(rule, exact(known));
    expect(typeof outcome).toBe('boolean');
    expect(run({ not: rule }, exact(known))).toBe(!outcome);
  },
);

property.prop([aRule, figures, fc.nat(5), fc.boolean()])(
  'never says the opposite of the truth when less is known: what a lead hides can only make it unsure',
  (rule, known, blur, hideTier) => {
    const truth = run(rule, exact(known));
    const seen = run(rule, {
      score: { low: known.score - blur, high: known.score + blur },
      termMonths: null,
      annualRateBpMax: { low: known.annualRateBpMax, high: Number.POSITIVE_INFINITY },
      tier: hideTier ? null : known.tier,
    });
    expect([truth, null]).toContain(seen);
  },
);

property.prop([aRule, figures])(
  'passes as a whole exactly when none of its told demands fails or is unknown',
  (rule, known) => {
    const checks = checksOf('X', plain(rule), { ...facts, ...exact(known) });
    expect(checks.every(({ outcome }) => outcome === 'PASSED')).toBe(run(rule, exact(known)));
  },
);
