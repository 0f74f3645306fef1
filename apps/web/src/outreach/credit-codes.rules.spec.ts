import { codesIn } from './credit-codes.rules.js';

describe('credit codes that somebody pastes', () => {
  it('are read from a column of a spreadsheet, each once', () => {
    const pasted = '91320594MA1XXXXX0A\r\n\r\n 91320594ma1xxxxx0a\t91320505MA1YYYYY1B，\n';
    expect(codesIn(pasted)).toEqual({ codes: ['91320594MA1XXXXX0A', '91320505MA1YYYYY1B'] });
  });

  it('are refused at the first line that is none', () => {
    const { fault } = codesIn('91320594MA1XXXXX0A\n9132059\n??');
    expect(fault).toEqual({ line: 2, code: '9132059' });
  });

  it('know that the letters I, O, S, V and Z are never in one', () => {
    expect(codesIn('91320594MA1XXXXX0O').fault).toEqual({ line: 1, code: '91320594MA1XXXXX0O' });
  });

  it('may be none at all', () => expect(codesIn(' \n ')).toEqual({ codes: [] }));
});
