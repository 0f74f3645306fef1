import { test } from '@fast-check/jest';
import fc from 'fast-check';

import { aContract } from '../../test/a-contract.js';
import type { Column } from '../contract/contract.rules.js';
import { rowCheckOf } from '../row/row.rules.js';
import { accountByField, accountKey, mappedReader, rowOfRecord } from './account.rules.js';

const columns: Column[] = [
  { header: '户号', name: 'account', type: 'text' },
  { header: '元', name: 'due', type: 'money', unit: 'yuan', negative: true },
  { header: '万元', name: 'worth', type: 'money', unit: 'wan', negative: true },
  { header: '名', name: 'names', type: 'list' },
  { header: '量', name: 'used', type: 'decimal' },
];
const contract = aContract({ columns, accountBy: ['account'] });
const check = rowCheckOf(contract, { today: '2026-11-23', allowedCodes: new Set(), accounts: new Map([['A', 'U']]) });
const read = (row: Record<string, string>) => {
  const cells = ['K', '', '2026-01-01', '2026-01-02', 'U', ...columns.map(({ name }) => row[name] ?? '')];
  const checked = check(cells);
  return 'fields' in checked ? (JSON.parse(checked.fields) as object) : checked;
};

describe('accounts', () => {
  test.prop([
    fc.record({
      due: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).map(String),
      worth: fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).map(String),
      names: fc.array(fc.stringMatching(/^[a-z苏州]{1,5}$/), { minLength: 1, maxLength: 3 }),
      used: fc.integer({ min: -999_999, max: 999_999 }).map((value) => value / 100),
    }),
  ])('move records that say the same afterwards as before', (fields) => {
    const record = { account: 'A', ...fields };
    expect(read(rowOfRecord(contract, record))).toEqual(record);
  });

  it('are named by exactly the fields of the contract, in its order', () => {
    expect(accountKey(['kind', 'account'], { account: ' 7 ', kind: '电' })).toBe('电|7');
    for (const account of [{ account: '7' }, { account: '7', kind: '' }, { account: '7', kind: '电', more: '1' }])
      expect(accountKey(['kind', 'account'], account)).toBeUndefined();
    expect(accountByField(['kind', 'account'], '电|7|8')).toEqual({ kind: '电', account: '7|8' });
  });

  it('give a row its code only where it has none', () => {
    const isMapped = mappedReader(contract, new Map([['A', 'U']]))!;
    const cells = (code: string, account: string) => ['K', code, '', '', 'U', account, '', '', '', ''];
    expect([
      isMapped(cells('', 'A')),
      isMapped(cells(' ', 'A ')),
      isMapped(cells('U', 'A')),
      isMapped(cells('', 'B')),
    ]).toEqual([true, true, false, false]);
    expect(mappedReader(aContract(), new Map([['A', 'U']]))).toBeUndefined();
  });
});
