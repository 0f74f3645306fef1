import fc from 'fast-check';

import { aContract } from '../../test/a-contract.js';
import { canonical, compareContracts, isBreaking } from './compare.rules.js';
import type { Column, Contract } from './contract.rules.js';

const [title, kind, pledge] = aContract().columns as [Column, Column, Column];
const changesTo = (wish: Partial<Contract>) => compareContracts(aContract(), aContract(wish));
const withColumns = (...columns: Column[]) => changesTo({ columns });

describe('two states of a contract', () => {
  it('do not differ when only the order of keys does', () => {
    const turned = Object.fromEntries(Object.entries(aContract()).toReversed()) as unknown as Contract;
    expect(compareContracts(aContract(), turned)).toEqual([]);
    expect(canonical(turned)).toBe(canonical(aContract()));
  });

  it.each<[string, Column[], string]>([
    [
      'a column that may be absent',
      [title, kind, pledge, { header: '备注', name: 'remark', type: 'text', mayBeAbsent: true }],
      'ADDITIVE',
    ],
    ['a longer text', [{ ...title, maxLength: 200 }, kind, pledge], 'ADDITIVE'],
    [
      'a column that is no longer required',
      [{ header: '书名', name: 'title', type: 'text', maxLength: 100 }, kind, pledge],
      'ADDITIVE',
    ],
    ['one more code', [title, { ...kind, codes: ['科技', '文学', '少儿'] }, pledge], 'ADDITIVE'],
    ['amounts below zero', [title, kind, { ...pledge, negative: true }], 'ADDITIVE'],
    ['another class of protection', [title, kind, { ...pledge, level: 'L2' }], 'NEUTRAL'],
    [
      'a column that files of today lack',
      [title, kind, pledge, { header: '备注', name: 'remark', type: 'text' }],
      'BREAKING',
    ],
    ['a column less', [title, kind], 'BREAKING'],
    ['another header', [{ ...title, header: '题名' }, kind, pledge], 'BREAKING'],
    ['another unit', [title, kind, { ...pledge, unit: 'wan' }], 'BREAKING'],
    ['another type', [title, kind, { header: '押金(元)', name: 'pledge', type: 'integer' }], 'BREAKING'],
    ['a shorter text', [{ ...title, maxLength: 50 }, kind, pledge], 'BREAKING'],
    ['a pattern', [{ ...title, pattern: '^x' }, kind, pledge], 'BREAKING'],
    ['a code less', [title, { ...kind, codes: ['科技'] }, pledge], 'BREAKING'],
    ['a column that is required now', [title, { ...kind, required: true }, pledge], 'BREAKING'],
  ])('with %s: %#', (_what, columns, expected) => {
    expect(new Set(withColumns(...columns).map((change) => change.kind))).toEqual(new Set([expected]));
  });

  it('say of everything else what it means: uses and consents are never widened by the way', () => {
    expect(isBreaking(changesTo({ allowedUse: '营销' }))).toBe(true);
    expect(isBreaking(changesTo({ basis: 'AUTHORISED' }))).toBe(true);
    expect(isBreaking(changesTo({ sources: ['TAX'] }))).toBe(true);
    expect(isBreaking(changesTo({ delivery: { xlsx: { sheet: '明细' } } }))).toBe(true);
    expect(changesTo({ sources: ['SCJG', 'TAX'] })).toMatchObject([{ kind: 'ADDITIVE', path: 'sources' }]);
    expect(changesTo({ freshnessDays: 60, title: '借书' }).map((one) => one.kind)).toEqual(['NEUTRAL', 'NEUTRAL']);
    expect(changesTo({ delivery: { zip: { members: 'SEVERAL' } } })).toMatchObject([{ kind: 'ADDITIVE' }]);
  });

  it('never break by what was undone again', () => {
    const subset = fc.subarray([title, kind, pledge], { minLength: 1 });
    fc.assert(
      fc.property(subset, subset, (one, other) => {
        const [before, after] = [aContract({ columns: one }), aContract({ columns: other })];
        const there = compareContracts(before, after);
        // A column that comes is one that lacks the other way round: both directions break, or none does.
        expect(isBreaking(there)).toBe(isBreaking(compareContracts(after, before)));
        expect(there.length === 0).toBe(canonical(before) === canonical(after) || sameNames(one, other));
      }),
    );
  });
});

const sameNames = (one: Column[], other: Column[]): boolean =>
  one.length === other.length && one.every(({ name }) => other.some((column) => column.name === name));
