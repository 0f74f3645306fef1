import { accountLinesOf } from './account-lines.rules.js';

const fields = ['kind', 'account'];
const uscc = '91320505MA1XT00150';

describe('accounts that were pasted', () => {
  it('come from a spreadsheet, a CSV file or somebody’s typing', () => {
    const { accounts, faults } = accountLinesOf(
      `电\t3201001\t${uscc}\n水, 88 ,${uscc.toLowerCase()}\n\n气，7，${uscc}\r\n`,
      fields,
    );
    expect(faults).toEqual([]);
    expect(accounts).toEqual([
      { account: { kind: '电', account: '3201001' }, uscc },
      { account: { kind: '水', account: '88' }, uscc },
      { account: { kind: '气', account: '7' }, uscc },
    ]);
  });

  it('say on which line something is wrong, and lose nothing of the others', () => {
    const { accounts, faults } = accountLinesOf(
      [`3201001,${uscc}`, `电,3201001,${uscc}`, '电,3201002,9132', `电,,${uscc}`].join('\n'),
      fields,
    );
    expect(accounts).toHaveLength(1);
    expect(faults).toEqual([
      { line: 1, why: 'CELLS' },
      { line: 3, why: 'CODE' },
      { line: 4, why: 'CELLS' },
    ]);
  });

  it('belong to one enterprise each: the same line twice is no fault, another code is', () => {
    const other = '91320505MA1XT00231';
    const { accounts, faults } = accountLinesOf([`电,1,${uscc}`, `电,1,${uscc}`, `电,1,${other}`].join('\n'), fields);
    expect(accounts).toEqual([{ account: { kind: '电', account: '1' }, uscc }]);
    expect(faults).toEqual([{ line: 3, why: 'TWICE' }]);
  });

  it('may hold a separator inside no value: a name that has one is a fault and never a wrong account', () => {
    expect(accountLinesOf(`电,32,01,${uscc}`, fields).faults).toEqual([{ line: 1, why: 'CELLS' }]);
  });
});
