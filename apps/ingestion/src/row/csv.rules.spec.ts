import { test } from '@fast-check/jest';
import fc from 'fast-check';

import { splitCsv } from './csv.rules.js';

describe('a line of a file', () => {
  it.each([
    ['a,b,,', ['a', 'b', '', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""so""",""', ['say "so"', '']],
    ['5" pipe,"x"', ['5" pipe', 'x']],
    ['"two\nlines",b', ['two\nlines', 'b']],
  ])('%j falls into %j', (line, cells) => {
    expect(splitCsv(line)).toEqual(cells);
  });

  it('says when a quoted field is open, or followed by something', () => {
    expect(splitCsv('a,"b')).toBe('open');
    expect(splitCsv('a,"b""')).toBe('open');
    expect(splitCsv('a,"b"c,d')).toBe('broken');
  });

  test.prop([fc.array(fc.string({ unit: fc.constantFrom('"', ',', 'a', '苏', ' ', '\n') }), { minLength: 1 })])(
    'gives back whatever a careful writer wrote',
    (cells) => {
      const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      expect(splitCsv(line)).toEqual(cells);
    },
  );
});
