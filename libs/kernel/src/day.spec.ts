import { fc, test as property } from '@fast-check/jest';

import { FixedClock } from './clock.js';
import {
  addDays,
  addMonths,
  day,
  dayOf,
  daysBetween,
  endOfDay,
  monthOf,
  monthsBetween,
  parseDay,
  parseMonth,
  startOfDay,
  weekdayOf,
} from './day.js';

describe('a day', () => {
  it.each([
    ['2025-01-31', '2025-01-31'],
    ['20250131', '2025-01-31'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['1900-01-01', '1900-01-01'],
    ['2199-12-31', '2199-12-31'],
  ])('%s is read', (text, expected) => {
    expect(parseDay(text)).toBe(expected);
  });

  it.each([
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-01-00',
    '1899-12-31',
    '2200-01-01',
    '2025-0131',
    '202501-31',
    '2025/01/31',
    '2025-1-3',
    ' 2025-01-31',
    '2025-01-31\n',
    '２０２５0131',
    '',
  ])('%j is none', (text) => {
    expect(parseDay(text)).toBeUndefined();
    expect(() => day(text)).toThrow(RangeError);
  });

  it('begins eight hours before it does in Greenwich', () => {
    expect(dayOf(new Date('2025-06-30T15:59:59.999Z'))).toBe('2025-06-30');
    expect(dayOf(new Date('2025-06-30T16:00:00.000Z'))).toBe('2025-07-01');
    expect(startOfDay(day('2025-07-01')).toISOString()).toBe('2025-06-30T16:00:00.000Z');
    expect(endOfDay(day('2025-07-01')).toISOString()).toBe('2025-07-01T15:59:59.999Z');
    expect(new FixedClock('2025-06-30T16:00:00Z').today()).toBe('2025-07-01');
  });

  it.each([
    ['2024-11-30', 3, '2025-02-28'],
    ['2023-11-30', 3, '2024-02-29'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2025-01-31', -2, '2024-11-30'],
    ['2025-01-15', -12, '2024-01-15'],
    ['2025-12-01', 1, '2026-01-01'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(to);
  });

  it.each([
    ['2025-01-15', '2025-02-14', 0],
    ['2025-01-15', '2025-02-15', 1],
    ['2025-01-31', '2025-02-28', 1],
    ['2025-02-15', '2025-01-15', -1],
    ['2025-01-15', '2025-01-15', 0],
    ['2020-06-01', '2025-05-31', 59],
  ])('from %s to %s are %i whole months', (from, to, months) => {
    expect(monthsBetween(day(from), day(to))).toBe(months);
  });

  it('knows its month and its day of the week', () => {
    expect(monthOf(day('2025-07-02'))).toBe('2025-07');
    expect(parseMonth('2025-13')).toBeUndefined();
    expect(monthsBetween(monthOf(day('2024-12-31')), monthOf(day('2025-02-01')))).toBe(2);
    expect(weekdayOf(day('1970-01-01'))).toBe(4);
    expect(weekdayOf(day('2025-01-26'))).toBe(0);
    expect(weekdayOf(day('1949-10-01'))).toBe(6);
  });

  it('does not run out of the calendar unseen', () => {
    expect(() => addDays(day('2199-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(day('2025-01-01'), 0.5)).toThrow(RangeError);
  });
});

const days = fc.integer({ min: -20_000, max: 70_000 }).map((number) => addDays(day('1970-01-01'), number));

property.prop([days, fc.integer({ min: -3_000, max: 3_000 })])('days added are days between', (from, count) => {
  expect(daysBetween(from, addDays(from, count))).toBe(count);
});

property.prop([days])('a day holds its first and its last instant and survives both spellings', (some) => {
  expect(dayOf(startOfDay(some))).toBe(some);
  expect(dayOf(endOfDay(some))).toBe(some);
  expect(parseDay(some.replaceAll('-', ''))).toBe(some);
});

property.prop([days, fc.integer({ min: 0, max: 300 })])('months added have passed', (from, count) => {
  expect(monthsBetween(from, addMonths(from, count))).toBe(count);
  expect(monthsBetween(from, addDays(addMonths(from, count + 1), -1))).toBe(count);
});
