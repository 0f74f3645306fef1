import fc from 'fast-check';

import { splitCsv } from '../row/csv.rules.js';
import { safeCell } from './quarantine-sheet.rules.js';

describe('a cell that is given out', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '＝1', '\r=1'])('is never a formula: %j', (text) => {
    expect(safeCell(text)).toMatch(/^"?'/);
  });

  it('says what it said, at most with a tick before it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [read] = splitCsv(safeCell(text)) as string[];
        expect([text, `'${text}`]).toContain(read);
      }),
    );
    expect(safeCell('苏州, "科技"')).toBe('"苏州, ""科技"""');
  });
});
