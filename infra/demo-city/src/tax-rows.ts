import { day } from '@app/kernel';

import { cents } from './books.js';
import { dayAfterMonth, lastDayOf, notAfter } from './calendar.js';
import { type City, type Enterprise, openMonths } from './city.js';
import { Random } from './random.js';
import { reportWithin } from './registry-rows.js';
import { type Delivery, type Row, soundRow, yuanText } from './row.js';

/** VAT month by month, filed by the 15th of the month after. */
export function* vatDeliveries(city: City): Generator<Delivery> {
  const { today, months } = city.calendar;
  const random = new Random(`${city.seed}/vat`);
  const burdens = new Map(city.enterprises.map((one) => [one, random.between(0.022, 0.045)] as const));
  const open = new Map(
    city.enterprises.map((one) => [one, new Map(openMonths(city, one).map((m) => [m.month, m.index]))] as const),
  );
  for (const month of months) {
    const event = lastDayOf(month);
    const rows = city.enterprises.flatMap((enterprise) => {
      const index = open.get(enterprise)?.get(month);
      const report = notAfter(today, dayAfterMonth(month, random.int(1, 15)));
      const shortfall = enterprise.distressed && random.chance(0.25) ? random.between(0, 0.6) : 1;
      if (index === undefined) return [];
      const sales = enterprise.books.salesYuan[index] ?? 0;
      const payable = cents(sales * (burdens.get(enterprise) ?? 0.03));
      return soundRow(
        { key: `SW-ZZ-${month.replace('-', '')}-${enterprise.no}`, uscc: enterprise.uscc, event, report },
        month,
        yuanText(sales),
        yuanText(payable),
        yuanText(cents(payable * shortfall)),
      );
    });
    yield { part: month, asOf: event, rows: byReport(rows) };
  }
}

/** Income tax of a year, settled by the end of May of the next. */
export function* incomeDeliveries(city: City): Generator<Delivery> {
  const { today, years } = city.calendar;
  for (const year of years) {
    const random = new Random(`${city.seed}/income/${year}`);
    const lastReport = notAfter(today, day(`${year + 1}-05-31`));
    const rows = city.enterprises.flatMap((enterprise) => {
      const report = reportWithin(random, day(`${year + 1}-01-04`), lastReport);
      const figures = enterprise.books.years.find((one) => one.year === year);
      if (figures === undefined) return [];
      return soundRow(
        { key: `SW-SD-${year}-${enterprise.no}`, uscc: enterprise.uscc, event: day(`${year}-12-31`), report },
        year,
        yuanText(figures.revenueYuan),
        yuanText(figures.totalCostYuan),
        yuanText(figures.profitYuan),
        yuanText(figures.rdExpenseYuan),
      );
    });
    yield { part: `${year}`, asOf: lastReport, rows: byReport(rows) };
  }
}

/** The rating of a year, published in April of the next (or up to today). */
export function* ratingDeliveries(city: City): Generator<Delivery> {
  const { today, years } = city.calendar;
  for (const year of years) {
    const random = new Random(`${city.seed}/rating/${year}`);
    const report = notAfter(today, day(`${year + 1}-04-28`));
    const rows = city.enterprises.flatMap((enterprise) => {
      const { level, points } = rate(random, enterprise, year);
      if (!enterprise.books.years.some((one) => one.year === year)) return [];
      const stamp = {
        key: `SW-XY-${year}-${enterprise.no}`,
        uscc: enterprise.uscc,
        event: day(`${year}-12-31`),
        report,
      };
      return soundRow(stamp, year, level, points);
    });
    yield { part: `${year}`, asOf: report, rows };
  }
}

/** A from 90, B from 70, C from 40; M for the young without a full year [found: F81]. */
function rate(random: Random, enterprise: Enterprise, year: number): { level: string; points: number } {
  const young = enterprise.establishedOn >= `${year}-01-01`;
  const better = enterprise.tier > 0 ? 4 : 0;
  const points = enterprise.distressed ? random.int(28, 76) : Math.min(99, random.int(72, 97) + better);
  if (young && points >= 70) return { level: 'M', points };
  return { level: points >= 90 ? 'A' : points >= 70 ? 'B' : points >= 40 ? 'C' : 'D', points };
}

function byReport(rows: Row[]): Row[] {
  return rows.toSorted(
    (one, other) => compareText(one.cells[3], other.cells[3]) || compareText(one.cells[0], other.cells[0]),
  );
}

function compareText(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
