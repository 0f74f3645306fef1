import fc from 'fast-check';

import {
  columnLetters,
  columnOfReference,
  dayOfSerial,
  plainNumber,
  showsDate,
  textOfCell,
} from './sheet-cell.rules.js';

const number = (value: string, dated = false) => ({ type: 'n', value, dated, formula: false });

describe('a cell of a workbook', () => {
  it.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', undefined],
    ['61', '1900-03-01'],
    ['46082', '2026-03-01'],
    ['46082.5', '2026-03-01 12:00:00'],
    ['2958465', '9999-12-31'],
    ['2958466', undefined],
    ['-1', undefined],
  ])('that shows a date counts from 1900 with a day that never was: %s is %s', (serial, day) => {
    expect(dayOfSerial(Number(serial), 1900)).toBe(day);
  });

  it('that shows a date is the same day in both systems, 1462 days apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_900_000 }), (serial) => {
        expect(dayOfSerial(serial, 1904)).toBe(dayOfSerial(serial + 1_462, 1900));
      }),
    );
  });

  it('with a number is what its writer saw: 15 digits, no exponent', () => {
    expect(
      ['0.30000000000000004', '1234.5600000000001', '1E5', '1e-7', '123456789012'].map((one) =>
        plainNumber(Number(one)),
      ),
    ).toEqual(['0.3', '1234.56', '100000', '0.0000001', '123456789012']);
  });

  it.each([
    [14, undefined, true],
    [0, undefined, false],
    [4, undefined, false],
    [20, undefined, false],
    [57, undefined, true],
    [164, 'yyyy/mm/dd', true],
    [164, '[$-804]yyyy"年"m"月"d"日";@', true],
    [164, 'mmm', true],
    [164, '[h]:mm:ss', false],
    [164, '#,##0.00"day"', false],
    [164, '0.00_);[Red](0.00)', false],
    [164, 'General', false],
  ])('with the format %s %s shows a date: %s', (id, code, dated) => {
    expect(showsDate(id, code)).toBe(dated);
  });

  it('is an error, a missing result or a number too long rather than a wrong value', () => {
    expect(textOfCell({ ...number('#REF!'), type: 'e' }, 'money', 1900)).toBe('CELL_ERROR');
    expect(textOfCell({ ...number(''), formula: true }, 'money', 1900)).toBe('CELL_NO_VALUE');
    expect(textOfCell(number('6.2179e18'), 'text', 1900)).toBe('CELL_DIGITS_LOST');
    expect(textOfCell(number('46082', true), 'month', 1900)).toEqual({ text: '2026-03' });
    expect(textOfCell(number('46082', true), 'year', 1900)).toEqual({ text: '2026' });
    expect(textOfCell({ ...number('1'), type: 'b' }, 'code', 1900)).toEqual({ text: '是' });
  });

  it('stands in the column that its letters say', () => {
    fc.assert(
      fc.property(fc.nat(16_383), (place) => {
        expect(columnOfReference(`${columnLetters(place)}7`)).toBe(place);
      }),
    );
    expect(columnOfReference('7A')).toBe(-1);
  });
});
