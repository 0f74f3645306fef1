import { csvOf } from './csv.rules.js';

describe('the exported table', () => {
  it('opens in Excel: byte order mark, CRLF, quoted where needed', () => {
    expect(csvOf(['名称', '金额'], [['甲,乙"丙', 12.5]])).toBe('\uFEFF名称,金额\r\n"甲,乙""丙",12.5\r\n');
  });

  it('never hands a spreadsheet a formula that somebody typed as a name', () => {
    expect(csvOf(['a'], [['=HYPERLINK("x")'], ['-3.50'], ['@SUM(A1)']])).toBe(
      '\uFEFFa\r\n"\'=HYPERLINK(""x"")"\r\n-3.50\r\n\'@SUM(A1)\r\n',
    );
  });
});
