import { type Day, WorkCalendar } from '@app/kernel';

import { isEnding, isProvisional, knownTo } from './calendar.rules.js';

const year = (of: number) => ({ year: of, source: '', holidays: [], makeUpDays: [] });
const calendar = new WorkCalendar([year(2025), year(2026)]);

describe('the end of the calendar', () => {
  it.each([
    ['2025-03-01', '2026-12-31'],
    ['2026-12-31', '2026-12-31'],
    ['2027-05-01', '2026-12-31'],
  ])('seen from %s is %s', (from, to) => expect(knownTo(calendar, from as Day)).toBe(to));

  it('is warned of while clocks that start now may run beyond it, and after it, until the year is there', () => {
    const at = (day: string) => new Date(`${day}T02:00:00Z`);
    expect(['2026-11-01', '2026-11-02', '2026-12-31', '2027-06-01'].map((day) => isEnding(calendar, at(day)))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    const longer = new WorkCalendar([year(2026), year(2027)]);
    expect(isEnding(longer, at('2026-12-31'))).toBe(false);
  });

  it('lies before a deadline by the day in Shanghai', () => {
    expect(isProvisional(calendar, new Date('2026-12-31T15:59:59.999Z'))).toBe(false);
    expect(isProvisional(calendar, new Date('2026-12-31T16:00:00Z'))).toBe(true);
  });
});
