import { addDays, addMonths, chineseCalendar, type Day, day, dayOf, daysBetween, monthOf } from '@app/kernel';

import type { Random } from '../random.js';
import { at } from './work-time.js';

/** Firms borrow after the Spring Festival, before the half-year and before the year's end. */
const seasons = [0.95, 0.6, 1.2, 1.05, 1, 1.2, 0.95, 0.85, 1.1, 0.85, 1.1, 1.25];

/** Needs a day at the end of the year over those at its beginning: the platform becomes known. */
const growth = 2.3;
const dayOffShare = 0.12;

/** The first day of the market's year: twelve whole months before the one of `today`. */
export const firstDayOf = (today: Day): Day => day(`${monthOf(addMonths(today, -12))}-01`);

/** When so many needs are published between the first day and now, oldest first. */
export function publications(random: Random, count: number, now: Date): Date[] {
  const today = dayOf(now);
  const first = firstDayOf(today);
  const days = Array.from({ length: daysBetween(first, today) + 1 }, (_, index) => {
    const published = addDays(first, index);
    return { published, weight: weightOf(published, index / (daysBetween(first, today) || 1)) };
  });
  return Array.from({ length: count }, () => at(random.weighted(days).published, random.between(8.5 * 60, 18.5 * 60)))
    .filter((instant) => instant < now)
    .toSorted((a, b) => a.getTime() - b.getTime());
}

function weightOf(published: Day, share: number): number {
  const season = seasons[Number(published.slice(5, 7)) - 1] ?? 1;
  return season * (1 + (growth - 1) * share) * (chineseCalendar.isWorkday(published) ? 1 : dayOffShare);
}
