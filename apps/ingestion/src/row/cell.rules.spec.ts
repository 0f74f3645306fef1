import { fenFromDecimal } from '@app/kernel';
import { test } from '@fast-check/jest';
import fc from 'fast-check';

import { cellCheckOf, plainFen } from './cell.rules.js';

const decimals = { yuan: 2, wan: 6 } as const;
const amount = fc.oneof(
  fc.stringMatching(/^-?\d{0,17}(\.\d{0,8})?$/),
  fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', ',', ' ', '٣', 'e'), maxLength: 8 }),
);

describe('the quick reading of a cell', () => {
  test.prop([amount, fc.constantFrom('yuan', 'wan')])(
    'never gives another amount than the careful one',
    (cell, unit) => {
      const quick = plainFen(cell, decimals[unit]);
      if (quick !== undefined) expect(fenFromDecimal(cell, unit)).toEqual({ fen: BigInt(quick) });
    },
  );

  it.each([
    ['1234.56', 123_456],
    ['0', 0],
    ['007.5', 750],
    ['0.00', 0],
  ])('knows %s', (cell, fen) => expect(plainFen(cell, 2)).toBe(fen));

  test.prop([fc.oneof(fc.integer().map(String), fc.stringMatching(/^-?\d{0,17}(\.\d{0,7})?$/))])(
    'writes a number in its shortest form, or says what is wrong with it',
    (cell) => {
      const check = cellCheckOf({ header: '数', name: 'number', type: 'decimal', min: -1_000, max: 1e12 });
      const expected = () => {
        if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(cell)) return 'NUMBER_INVALID';
        const value = Number(cell);
        return value < -1_000 || value > 1e12 ? 'NUMBER_RANGE' : { json: String(value === 0 ? 0 : value) };
      };
      expect(check(cell, { eventDate: '2026-01-01', today: '2026-01-01' })).toEqual(expected());
    },
  );

  it('reads a month once and judges it by the day of reading each time', () => {
    const check = cellCheckOf({ header: '月份', name: 'month', type: 'month' });
    const on = (today: string) => check('2026-02', { eventDate: today, today });
    expect(on('2026-01-31')).toBe('PERIOD_IN_FUTURE');
    expect(on('2026-02-01')).toMatchObject({ json: '"2026-02"' });
    expect(check('2026-13', { eventDate: '2026-02-01', today: '2026-02-01' })).toBe('MONTH_INVALID');
  });
});
