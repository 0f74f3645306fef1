import type { City } from './city.js';
import { liveDeliveries } from './department-habits.js';
import { columnsOf } from './feed-columns.js';
import { rightDeliveries, staffDeliveries, titleDeliveries } from './innovation-rows.js';
import { loanDeliveries } from './loan-rows.js';
import { headcountDeliveries, tradeDeliveries, usageDeliveries } from './operation-rows.js';
import { Random } from './random.js';
import { annualReportDeliveries, registerDeliveries } from './registry-rows.js';
import type { Delivery } from './row.js';
import { colourDeliveries, enforcementDeliveries, penaltyDeliveries } from './standing-rows.js';
import { incomeDeliveries, ratingDeliveries, vatDeliveries } from './tax-rows.js';

/** How a department writes its files. */
export interface FileStyle {
  readonly form: 'csv' | 'ndjson';
  readonly charset: 'utf-8' | 'gb18030';
  readonly bom: boolean;
  readonly newline: '\n' | '\r\n';
  /** Quotes around every cell, and not only where they are needed. */
  readonly quoted: boolean;
  /** 业务日期 and 报送日期 as `YYYYMMDD`. */
  readonly compactDates: boolean;
}

/**
 * `FIRST`: the registry and what the innovation score rests on. `LATER`: the monthly series, whose months can come in
 * while the platform is in use already.
 */
export type Stage = 'FIRST' | 'LATER';

export interface FeedPlan {
  readonly feed: string;
  readonly stage: Stage;
  readonly style: FileStyle;
  readonly tracked: boolean;
  readonly rows: (city: City) => Iterable<Delivery>;
}

const plain: FileStyle = {
  form: 'csv',
  charset: 'utf-8',
  bom: false,
  newline: '\n',
  quoted: false,
  compactDates: false,
};
const old: FileStyle = { ...plain, charset: 'gb18030', newline: '\r\n' };
const spreadsheet: FileStyle = { ...plain, bom: true, newline: '\r\n', quoted: true };
const lines: FileStyle = { ...plain, form: 'ndjson' };

/** In the order of delivery. */
export const filePlans: readonly FeedPlan[] = [
  { feed: 'registry.enterprise', stage: 'FIRST', style: old, tracked: false, rows: registerDeliveries },
  { feed: 'tech.title', stage: 'FIRST', style: old, tracked: false, rows: titleDeliveries },
  { feed: 'registry.annual-report', stage: 'FIRST', style: spreadsheet, tracked: true, rows: annualReportDeliveries },
  { feed: 'tech.staff', stage: 'FIRST', style: lines, tracked: false, rows: staffDeliveries },
  { feed: 'ip.right', stage: 'FIRST', style: plain, tracked: true, rows: rightDeliveries },
  { feed: 'court.enforcement', stage: 'FIRST', style: old, tracked: true, rows: enforcementDeliveries },
  { feed: 'penalty.decision', stage: 'FIRST', style: spreadsheet, tracked: true, rows: penaltyDeliveries },
  { feed: 'environment.colour', stage: 'FIRST', style: plain, tracked: false, rows: colourDeliveries },
  { feed: 'social-insurance.headcount', stage: 'LATER', style: lines, tracked: true, rows: headcountDeliveries },
  { feed: 'finance.loan', stage: 'LATER', style: plain, tracked: false, rows: loanDeliveries },
  {
    feed: 'customs.trade',
    stage: 'LATER',
    style: { ...old, compactDates: true },
    tracked: true,
    rows: tradeDeliveries,
  },
  { feed: 'utility.usage', stage: 'LATER', style: plain, tracked: true, rows: usageDeliveries },
];

export interface PullPlan {
  readonly feed: string;
  readonly stage: Stage;
  readonly tracked: boolean;
  readonly rows: (city: City) => Iterable<Delivery>;
}

/** What the tax bureau serves by its own API and does not send. */
export const pullPlans: readonly PullPlan[] = [
  { feed: 'tax.income-return', stage: 'FIRST', tracked: false, rows: incomeDeliveries },
  { feed: 'tax.credit-rating', stage: 'FIRST', tracked: false, rows: ratingDeliveries },
  { feed: 'tax.vat-return', stage: 'LATER', tracked: true, rows: vatDeliveries },
];

/** How the corrections file of the tax bureau is written. */
export const correctionStyle = spreadsheet;

/** The deliveries of a feed as they leave the department, bad rows and all. */
export function departmentDeliveries(city: City, plan: FeedPlan | PullPlan): Iterable<Delivery> {
  const habits = {
    columns: columnsOf(plan.feed),
    today: city.calendar.today,
    inFile: 'style' in plan,
    tracked: plan.tracked,
  };
  return liveDeliveries(new Random(`${city.seed}/habits/${plan.feed}`), plan.rows(city), habits);
}
