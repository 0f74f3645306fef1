import { makeUscc } from '@app/kernel';

import { aContract } from '../../test/a-contract.js';
import type { Contract } from '../contract/contract.rules.js';
import type { Fault } from '../row/fault.rules.js';
import { rowCheckOf } from '../row/row.rules.js';
import { isAcceptable, relaxed } from './tolerance.rules.js';

const contract = aContract({
  acceptable: [{ code: 'MONEY_NEGATIVE', field: 'pledge', reason: '退款' }],
});
const context = { today: '2026-11-23', allowedCodes: new Set<string>(), accounts: new Map<string, string>() };
const row = (title: string, kind: string, pledge: string) => [
  'K',
  makeUscc('320505', 1),
  '2026-01-01',
  '2026-01-02',
  'I',
  title,
  kind,
  pledge,
];
const faultsOf = (of: Contract, cells: string[]): Fault[] => {
  const checked = rowCheckOf(of, context)(cells);
  return Array.isArray(checked) ? checked : [];
};

describe('a fault that two people may accept', () => {
  it('is one that the contract names, and the row has no other', () => {
    const negative: Fault = { code: 'MONEY_NEGATIVE', pointer: '/pledge' };
    expect(isAcceptable(contract, [negative])).toBe(true);
    expect(isAcceptable(contract, [negative, { code: 'CODE_UNKNOWN', pointer: '/kind' }])).toBe(false);
    expect(isAcceptable(contract, [{ code: 'MONEY_NEGATIVE', pointer: '/fine' }])).toBe(false);
    expect(isAcceptable(aContract(), [negative])).toBe(false);
    expect(isAcceptable(contract, [])).toBe(false);
  });

  it.each([
    ['a negative amount', row('书', '科技', '-1')],
    ['an unknown code', row('书', '艺术', '1')],
    ['an empty required field', row('', '科技', '1')],
    ['a long text', row('长'.repeat(300), '科技', '1')],
  ])('lets %s pass, and nothing besides', (_, cells) => {
    const faults = faultsOf(contract, cells);
    expect(faults).toHaveLength(1);
    const one = relaxed(contract, faults);
    expect(faultsOf(one, cells)).toEqual([]);
    const worse = cells.with(3, '2026-13-01');
    expect(faultsOf(one, worse)).toEqual([{ code: 'DATE_INVALID', pointer: '/report_date' }]);
  });

  it('keeps the contract as it is where nothing was accepted', () => {
    expect(relaxed(contract, [])).toBe(contract);
  });
});
