import { addMonths, type Day } from '@app/kernel';

import {
  countIn,
  dayIn,
  fenIn,
  latestFullYear,
  of,
  type RecordsByFeed,
  type SourceRecord,
  textIn,
} from '../record/record.rules.js';
import { big, finding, type Indicator, indicator, shareBp } from './indicator.rules.js';
import { lastYearSum, latestMonth, sumsByMonth } from './monthly.rules.js';
import { headcount, yearBooks } from './operation.rules.js';

/** High technology by the state's two classifications, as prefixes of GB/T 4754-2017; provisional. */
const highTechnology = ['C27', 'C358', 'C37', 'C39', 'C40', 'C266', 'I63', 'I64', 'I65', 'M73', 'M745', 'M75'];
const making = ['C', 'M74'];

export function industryField(industry: string | null): bigint | null {
  if (industry === null) return null;
  if (highTechnology.some((prefix) => industry.startsWith(prefix))) return 2n;
  return making.some((prefix) => industry.startsWith(prefix)) ? 1n : 0n;
}

/** 行业潜力. */
export function potentialIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const [registry] = of(records, 'registry.enterprise');
  const books = yearBooks(records, asOf);
  const revenue = fenIn(books?.record, 'revenue');
  const heads = big(headcount(records, asOf).count);
  const perHead = revenue === null || heads === null || heads <= 0n ? null : revenue / heads;
  const trade = of(records, 'customs.trade');
  const exports = lastYearSum(sumsByMonth(trade, 'month', 'exports'), asOf);
  return [
    indicator(
      ['INDUSTRY_FIELD', 'LEVEL', 'registry.enterprise'],
      industryField(textIn(registry, 'industry')),
      registry,
    ),
    indicator(['REVENUE_PER_HEAD', 'FEN', books?.feed ?? 'tax.income-return'], perHead, books?.record),
    indicator(['EXPORT_SHARE', 'BP', 'customs.trade'], shareBp(exports, revenue), trade[0]),
  ];
}

const colours: Readonly<Record<string, bigint>> = { 绿: 5n, 蓝: 4n, 黄: 3n, 红: 2n, 黑: 1n };

/** 抗风险性. Courts and penalties are complete for the city: no record is no finding. */
export function resilienceIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const report = latestFullYear(of(records, 'registry.annual-report'), asOf);
  const debt = shareBp(fenIn(report, 'total_liabilities'), fenIn(report, 'total_assets'));
  const enforcements = openEnforcements(records, asOf);
  const penalties = penaltiesSince(records, addMonths(asOf, -36), asOf);
  const [insurance] = latestMonth(of(records, 'social-insurance.headcount'), 'month');
  const colour = latestFullYear(of(records, 'environment.colour'), asOf);
  return [
    indicator(['DEBT_RATIO', 'BP', 'registry.annual-report'], debt, report),
    finding(['ENFORCEMENTS', 'COUNT', 'court.enforcement'], BigInt(enforcements.length), enforcements),
    finding(['PENALTIES_3Y', 'COUNT', 'penalty.decision'], BigInt(penalties.length), penalties),
    indicator(
      ['INSURANCE_ARREARS', 'MONTHS', 'social-insurance.headcount'],
      big(countIn(insurance, 'arrears_months')),
      insurance,
    ),
    utilityArrears(records),
    indicator(['ENVIRONMENT', 'LEVEL', 'environment.colour'], colours[textIn(colour, 'colour') ?? ''] ?? null, colour),
    loanOverdue(records, asOf),
  ];
}

/** Entries of the courts' lists that stand on the day. */
export function openEnforcements(records: RecordsByFeed, asOf: Day): SourceRecord[] {
  return of(records, 'court.enforcement').filter((entry) => {
    const [filed, removed] = [dayIn(entry, 'filed_on') ?? entry.eventDate, dayIn(entry, 'removed_on')];
    return filed <= asOf && (removed === null || removed > asOf);
  });
}

/** Decisions after `since` up to the day. */
export function penaltiesSince(records: RecordsByFeed, since: Day, asOf: Day): SourceRecord[] {
  return of(records, 'penalty.decision').filter((decision) => {
    const decided = dayIn(decision, 'decided_on') ?? decision.eventDate;
    return since < decided && decided <= asOf;
  });
}

/** What each meter still owes in its latest month, together. */
function utilityArrears(records: RecordsByFeed): Indicator {
  const bills = of(records, 'utility.usage');
  const meters = Map.groupBy(bills, (bill) => `${textIn(bill, 'kind')} ${textIn(bill, 'account')}`);
  const owed = [...meters.values()]
    .flatMap((ofMeter) => latestMonth(ofMeter, 'month').slice(0, 1))
    .flatMap((bill) => fenIn(bill, 'arrears') ?? []);
  const sum = owed.reduce<bigint>((total, arrears) => total + arrears, 0n);
  return indicator(['UTILITY_ARREARS', 'FEN', 'utility.usage'], owed.length === 0 ? null : sum, bills[0]);
}

/** The longest delay among loans that are not settled; not known where no institution reports any loan. */
function loanOverdue(records: RecordsByFeed, asOf: Day): Indicator {
  const open = of(records, 'finance.loan').filter((loan) => {
    const settled = dayIn(loan, 'settled_on');
    return settled === null || settled > asOf;
  });
  const days = open.flatMap((loan) => countIn(loan, 'overdue_days') ?? []);
  const longest = days.length === 0 ? null : BigInt(Math.max(...days));
  return indicator(['LOAN_OVERDUE', 'DAYS', 'finance.loan'], longest, open[0]);
}
