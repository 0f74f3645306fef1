import { linesOf, ruleOf, type Admission } from './admission.rules.js';

const rule: Admission = {
  all: [
    { field: 'tier', op: 'in', value: ['T2', 'T3'] },
    { field: 'score', op: 'gte', value: 60 },
    { field: 'amountFen', op: 'lte', value: '500000000' },
  ],
};

describe('an admission rule in the simple editor', () => {
  it('comes back as it was written', () => {
    expect(ruleOf(linesOf(rule)!)).toEqual(rule);
  });

  it('splits a list at commas of either script', () => {
    expect(ruleOf([{ field: 'titles', op: 'hasAny', value: '高新技术企业，专精特新 、瞪羚,' }])).toEqual({
      all: [{ field: 'titles', op: 'hasAny', value: ['高新技术企业', '专精特新', '瞪羚'] }],
    });
  });

  it('is open to all without a line, and unfinished while a value is missing or no number', () => {
    expect(ruleOf([])).toBeUndefined();
    expect(ruleOf([{ field: 'tier', op: 'in', value: ' ' }])).toBeNull();
    expect(ruleOf([{ field: 'score', op: 'gte', value: 'many' }])).toBeNull();
  });

  it('leaves what is nested to be shown only', () => {
    expect(linesOf({ any: [rule] })).toBeNull();
    expect(linesOf({ all: [{ not: { field: 'tier', op: 'eq', value: 'T1' } }] })).toBeNull();
    expect(linesOf(null)).toEqual([]);
  });
});
