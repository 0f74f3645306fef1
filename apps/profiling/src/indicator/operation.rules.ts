import { type Day, monthsBetween } from '@app/kernel';

import {
  countIn,
  dayIn,
  fenIn,
  latestFullYear,
  of,
  type RecordsByFeed,
  type SourceRecord,
  textIn,
  yearBefore,
} from '../record/record.rules.js';
import { growthBp, type Indicator, indicator, shareBp } from './indicator.rules.js';
import { sumsByMonth, yearOnYear } from './monthly.rules.js';

const taxLevels: Readonly<Record<string, bigint>> = { A: 5n, B: 4n, M: 3n, C: 2n, D: 1n };

/** 企业资质: what the registry and the tax authority say the enterprise is. */
export function qualificationIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const [registry] = of(records, 'registry.enterprise');
  const established = dayIn(registry, 'established_on');
  const age = established === null || established > asOf ? null : BigInt(monthsBetween(established, asOf));
  const [paidIn, registered] = [fenIn(registry, 'paid_in_capital'), fenIn(registry, 'registered_capital')];
  const share = shareBp(paidIn, registered);
  const rating = latestFullYear(of(records, 'tax.credit-rating'), asOf);
  return [
    indicator(['AGE', 'MONTHS', 'registry.enterprise'], age, registry),
    indicator(['PAID_IN_CAPITAL', 'FEN', 'registry.enterprise'], paidIn, registry),
    indicator(['PAID_IN_SHARE', 'BP', 'registry.enterprise'], share, registry),
    indicator(['TAX_CREDIT', 'LEVEL', 'tax.credit-rating'], taxLevels[textIn(rating, 'level') ?? ''] ?? null, rating),
  ];
}

interface YearBooks {
  readonly feed: 'tax.income-return' | 'registry.annual-report';
  readonly record: SourceRecord;
  readonly before: SourceRecord | undefined;
}

/**
 * The books of the latest full year: what was declared for income tax, or else what the annual report says. The two
 * are never mixed within one ratio.
 */
export function yearBooks(records: RecordsByFeed, asOf: Day): YearBooks | undefined {
  for (const feed of ['tax.income-return', 'registry.annual-report'] as const) {
    const record = latestFullYear(of(records, feed), asOf);
    if (record && fenIn(record, 'revenue') !== null)
      return { feed, record, before: yearBefore(of(records, feed), record) };
  }
  return undefined;
}

/** 经营发展. */
export function operationIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const books = yearBooks(records, asOf);
  const feed = books?.feed ?? 'tax.income-return';
  const revenue = fenIn(books?.record, 'revenue');
  const profit = fenIn(books?.record, feed === 'tax.income-return' ? 'profit' : 'net_profit');
  const growth = growthBp(revenue, fenIn(books?.before, 'revenue'));
  const vat = of(records, 'tax.vat-return');
  const trend = yearOnYear(sumsByMonth(vat, 'period', 'sales'));
  return [
    indicator(['REVENUE', 'FEN', feed], revenue, books?.record),
    indicator(['REVENUE_GROWTH', 'BP', feed], growth, books?.record),
    indicator(['PROFIT_MARGIN', 'BP', feed], shareBp(profit, revenue), books?.record),
    indicator(['VAT_SALES_GROWTH', 'BP', 'tax.vat-return'], trend && growthBp(trend.now, trend.before), vat[0]),
  ];
}

/** Heads of the latest full year: the science department's count, or else the annual report's. */
export function headcount(
  records: RecordsByFeed,
  asOf: Day,
): { count: number | null; record?: SourceRecord | undefined } {
  const staff = latestFullYear(of(records, 'tech.staff'), asOf);
  const counted = countIn(staff, 'staff');
  if (counted !== null) return { count: counted, record: staff };
  const report = latestFullYear(of(records, 'registry.annual-report'), asOf);
  return { count: countIn(report, 'employees'), record: report };
}
