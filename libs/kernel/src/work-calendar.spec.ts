import { fc, test as property } from '@fast-check/jest';

import { addDays, day, weekdayOf } from './day.js';
import { chineseYears } from './work-calendar-years.js';
import { addWorkdays, chineseCalendar, isWorkday, WorkCalendar } from './work-calendar.js';

describe('a period of working days', () => {
  it.each([
    ['2025-01-24', 1, '2025-01-26', 'the Sunday before Spring Festival is worked'],
    ['2025-01-25', 1, '2025-01-26', 'starts on a Saturday'],
    ['2025-01-26', 2, '2025-02-05', 'starts on the worked Sunday, then the festival'],
    ['2025-09-30', 1, '2025-10-09', 'National Day and Mid-Autumn in one'],
    ['2025-10-10', 1, '2025-10-11', 'a worked Saturday after the holiday'],
    ['2026-02-13', 2, '2026-02-24', 'the worked Saturday, then the longest Spring Festival'],
    ['2025-12-31', 1, '2026-01-04', 'New Year gives a worked Sunday'],
    ['2024-10-11', 1, '2024-10-12', 'a worked Saturday of 2024'],
    ['2025-07-01', 0, '2025-07-01', 'no days on a working day'],
    ['2025-07-05', 0, '2025-07-07', 'no days on a Saturday'],
  ])('from %s, %i days: %s (%s)', (start, days, last) => {
    expect(addWorkdays(day(start), days)).toBe(last);
  });

  it('ends with the last instant of its last day', () => {
    expect(chineseCalendar.deadline(day('2025-07-01'), 2).toISOString()).toBe('2025-07-03T15:59:59.999Z');
  });

  it.each([-1, 0.5, 1e9, Number.NaN])('is never %p days long', (days) => {
    expect(() => addWorkdays(day('2025-07-01'), days)).toThrow(RangeError);
  });
});

describe('a period of natural days', () => {
  it.each([
    ['2025-07-02', 20, '2025-07-22'],
    ['2025-09-12', 20, '2025-10-09'],
    ['2025-09-18', 20, '2025-10-09'],
    ['2025-01-06', 20, '2025-01-26'],
  ])('from %s, %i days, ends on %s', (start, days, last) => {
    expect(chineseCalendar.addNaturalDays(day(start), days)).toBe(last);
  });
});

describe('the worked cases of 民法典 art. 201 and 203', () => {
  it.each([
    ['workdays-01', '2025-01-24', 1, '2025-01-26', 'Friday; the next working day is the made-up Sunday'],
    ['workdays-02', '2025-01-25', 1, '2025-01-26', 'a Saturday off before the made-up Sunday'],
    ['workdays-03', '2025-01-26', 2, '2025-02-05', 'starts on a made-up Sunday, Spring Festival follows'],
  ])('%s: from %s, %i working days, ends on %s (%s)', (_, start, days, last) => {
    expect(addWorkdays(day(start), days)).toBe(last);
  });

  it.each([
    ['workdays-49', '2025-07-02', 20, '2025-07-22', '2025-07-22', 'ends on a weekday'],
    ['workdays-50', '2025-09-12', 20, '2025-10-02', '2025-10-09', 'ends inside National Day'],
    ['workdays-51', '2025-09-18', 20, '2025-10-08', '2025-10-09', 'ends on the last holiday'],
  ])('%s: from %s, %i natural days, is %s and ends on %s (%s)', (_, start, days, unrolled, last) => {
    expect(addDays(day(start), days)).toBe(unrolled);
    expect(chineseCalendar.addNaturalDays(day(start), days)).toBe(last);
  });
});

describe('a clock that is paused', () => {
  it('does not count the days on which it stood still', () => {
    const paused = (of: string) => of > '2026-11-24' && of <= '2026-11-26';
    expect(chineseCalendar.addWorkdays(day('2026-11-23'), 3, paused)).toBe('2026-11-30');
  });

  it('is refused when it never runs', () => {
    expect(() => chineseCalendar.addWorkdays(day('2026-11-23'), 1, () => true)).toThrow(RangeError);
  });
});

describe('the calendar', () => {
  it('says which years it knows, and takes the others as weekends only', () => {
    expect([2023, 2024, 2025, 2026].every((year) => chineseCalendar.known(year))).toBe(true);
    expect(chineseCalendar.known(2031)).toBe(false);
    expect(isWorkday(day('2031-10-01'))).toBe(true);
    expect(isWorkday(day('2031-10-04'))).toBe(false);
  });

  // Totals that the notices imply: weekdays of the year, less holidays on weekdays, and worked weekend days on top.
  it.each([
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('has for %i %i working days', (year, total) => {
    let count = 0;
    for (let at = day(`${year}-01-01`); at <= day(`${year}-12-31`); at = addDays(at, 1)) count += isWorkday(at) ? 1 : 0;
    expect(count).toBe(total);
  });

  it.each(chineseYears.map((year) => [year.year, year] as const))('makes up in %i on weekends only', (_, year) => {
    const weekdays = year.makeUpDays.map((made) => weekdayOf(day(`${year.year}-${made}`)));
    expect(weekdays.filter((weekday) => weekday !== 0 && weekday !== 6)).toEqual([]);
  });

  it('is data: a city may bring its own', () => {
    const calendar = new WorkCalendar([
      { year: 2031, source: 'test', holidays: [['10-01', '10-03']], makeUpDays: ['10-04'] },
    ]);
    expect(calendar.addWorkdays(day('2031-09-30'), 1)).toBe('2031-10-04');
  });
});

const starts = fc.integer({ min: 0, max: 1_800 }).map((number) => addDays(day('2023-01-01'), number));

property.prop([starts, fc.integer({ min: 1, max: 120 })])(
  'n working days lie after the start, the last one last',
  (start, n) => {
    const last = addWorkdays(start, n);
    let count = 0;
    for (let at = addDays(start, 1); at <= last; at = addDays(at, 1)) count += isWorkday(at) ? 1 : 0;
    expect(count).toBe(n);
    expect(isWorkday(last)).toBe(true);
  },
);

property.prop([starts, fc.integer({ min: 1, max: 60 })])(
  'counts back and between what it counted forth',
  (start, n) => {
    const last = addWorkdays(start, n);
    expect(chineseCalendar.workdaysBetween(start, last)).toBe(n);
    const first = chineseCalendar.workdaysBefore(last, n);
    expect(chineseCalendar.workdaysBetween(first, last)).toBe(n);
    expect(first <= chineseCalendar.rolled(start)).toBe(true);
  },
);
