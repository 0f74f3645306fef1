import type { Day, Month } from '@app/kernel';

import { cents } from './books.js';
import { dayAfterMonth, lastDayOf, notAfter } from './calendar.js';
import { type City, type Enterprise, openMonths } from './city.js';
import { Random } from './random.js';
import { type Delivery, type Row, soundRow, yuanText } from './row.js';

/** One meter of a firm. The utilities know the account; the code comes from the mapping. */
export interface Account {
  readonly account: string;
  readonly kind: '水' | '电' | '气';
  readonly uscc: string;
}

interface Meter extends Account {
  readonly enterprise: Enterprise;
  /** Units used for 10 000 yuan of sales, and the price of a unit in yuan. */
  readonly perWan: number;
  readonly priceYuan: number;
}

/** Social insurance month by month. */
export function* headcountDeliveries(city: City): Generator<Delivery> {
  const random = new Random(`${city.seed}/social-insurance`);
  const habits = new Map(
    city.enterprises.map(
      (one) => [one, { covered: random.between(0.86, 1), baseYuan: random.between(1_250, 1_900) }] as const,
    ),
  );
  const arrears = new Map<Enterprise, number>();
  yield* monthly(city, (enterprise, month) => {
    const { covered, baseYuan } = habits.get(enterprise) ?? { covered: 1, baseYuan: 1_400 };
    const report = notAfter(city.calendar.today, dayAfterMonth(month.month, random.int(4, 13)));
    const behind = enterprise.distressed && random.chance(0.3);
    arrears.set(enterprise, behind ? (arrears.get(enterprise) ?? 0) + 1 : 0);
    const insured = Math.max(1, Math.round((enterprise.books.staff[month.index] ?? 0) * covered));
    const due = cents(insured * baseYuan);
    return soundRow(
      {
        key: `SB-${month.month.replace('-', '')}-${enterprise.no}`,
        uscc: enterprise.uscc,
        event: lastDayOf(month.month),
        report,
      },
      month.month,
      insured,
      yuanText(due),
      yuanText(behind ? 0 : due),
      arrears.get(enterprise) ?? 0,
    );
  });
}

/** Water, power and gas month by month, a line per account. */
export function* usageDeliveries(city: City): Generator<Delivery> {
  const random = new Random(`${city.seed}/usage`);
  const meters = Map.groupBy(metersOf(city), (meter) => meter.enterprise);
  yield* monthly(city, (enterprise, month) =>
    (meters.get(enterprise) ?? []).map((meter) => usageRow(random, meter, month, city.calendar.today)),
  );
}

/** The utilities' mapping of accounts to codes. */
export function accountsOf(city: City): Account[] {
  return metersOf(city).map(({ account, kind, uscc }) => ({ account, kind, uscc }));
}

/** Customs by quarter; only firms that trade across the border. */
export function* tradeDeliveries(city: City): Generator<Delivery> {
  const random = new Random(`${city.seed}/customs`);
  const traders = new Map(
    city.enterprises
      .filter((one) => one.exporter)
      .map(
        (one) =>
          [
            one,
            { exports: random.between(0.08, 0.6), imports: random.between(0, 0.25), level: random.next() },
          ] as const,
      ),
  );
  let rows: Row[] = [];
  for (const { part, asOf, rows: ofMonth } of monthly(city, (enterprise, month) => {
    const habit = traders.get(enterprise);
    if (habit === undefined) return [];
    const sales = enterprise.books.salesYuan[month.index] ?? 0;
    const event = lastDayOf(month.month);
    return soundRow(
      {
        key: `HG-${month.month.replace('-', '')}-${enterprise.no}`,
        uscc: enterprise.uscc,
        event,
        report: notAfter(city.calendar.today, dayAfterMonth(month.month, random.int(6, 18))),
      },
      month.month,
      yuanText(cents(sales * habit.imports * random.between(0.7, 1.3))),
      yuanText(cents(sales * habit.exports * random.between(0.7, 1.3))),
      customsLevel(event, enterprise.distressed ? 0 : habit.level),
    );
  })) {
    rows = [...rows, ...ofMonth];
    const last = part === city.calendar.months.at(-1);
    if (!last && Number(part.slice(5)) % 3 !== 0) continue;
    yield { part, asOf, rows };
    rows = [];
  }
}

/** Three classes until March 2026, five from April on (order 282) [found: F40, F41, F42]. */
function customsLevel(event: Day, luck: number): string {
  const five = event >= '2026-04-01';
  if (luck === 0) return '失信';
  if (luck > 0.85) return '高级认证';
  if (!five) return '其他';
  return luck > 0.6 ? '认证' : '常规';
}

interface OpenMonth {
  readonly index: number;
  readonly month: Month;
}

/** One delivery a month with the rows of every firm that was open. */
function* monthly(city: City, rowsOf: (enterprise: Enterprise, month: OpenMonth) => Row | Row[]): Generator<Delivery> {
  const offset = city.calendar.bookMonths.length - city.calendar.months.length;
  const open = new Map(
    city.enterprises.map((one) => [one, new Set(openMonths(city, one).map((m) => m.month))] as const),
  );
  for (const [place, month] of city.calendar.months.entries()) {
    const rows = city.enterprises
      .filter((enterprise) => open.get(enterprise)?.has(month))
      .flatMap((enterprise) => rowsOf(enterprise, { index: place + offset, month }));
    yield { part: month, asOf: lastDayOf(month), rows };
  }
}

function metersOf(city: City): Meter[] {
  const random = new Random(`${city.seed}/meters`);
  return city.enterprises.flatMap((enterprise) => {
    const { industry, uscc, no } = enterprise;
    const water = random.chance(0.7);
    const frugal = random.between(0.7, 1.4);
    const power = {
      account: `3205D${no}`,
      kind: '电' as const,
      perWan: industry.powerPerWan * frugal,
      priceYuan: 0.68,
    };
    const taps = { account: `SZS${no}`, kind: '水' as const, perWan: 0.9 * frugal, priceYuan: 4.2 };
    const gas = { account: `RQ${no}`, kind: '气' as const, perWan: 11 * frugal, priceYuan: 3.9 };
    return [power, ...(water ? [taps] : []), ...(industry.gas ? [gas] : [])].map((meter) => ({
      ...meter,
      uscc,
      enterprise,
    }));
  });
}

function usageRow(random: Random, meter: Meter, month: OpenMonth, today: Day): Row {
  const sales = meter.enterprise.books.salesYuan[month.index] ?? 0;
  const usage = Math.round((sales / 10_000) * meter.perWan * random.between(0.88, 1.12));
  const due = cents(usage * meter.priceYuan);
  const event = lastDayOf(month.month);
  const report = notAfter(today, dayAfterMonth(month.month, random.int(20, 26)));
  const paidOn = dayAfterMonth(month.month, random.int(4, 19));
  const unpaid = paidOn > report || (meter.enterprise.distressed && random.chance(0.3));
  return soundRow(
    { key: `${meter.account}-${month.month.replace('-', '')}`, uscc: meter.uscc, event, report },
    meter.account,
    meter.kind,
    month.month,
    usage,
    yuanText(due),
    unpaid ? '' : paidOn,
    yuanText(unpaid ? due : 0),
  );
}
