import { addMonths, type Day, type Fen, parseDay, parseFen } from '@app/kernel';

/** One record of an enterprise as ingestion_api.record_v1 shows it: money as text of whole fen, days as text. */
export interface SourceRecord {
  readonly feed: string;
  readonly recordKey: string;
  readonly version: number;
  readonly eventDate: Day;
  readonly reportDate: Day;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** All records of one enterprise by feed, each feed newest first. */
export type RecordsByFeed = ReadonlyMap<string, readonly SourceRecord[]>;

/** Feeds that tell something each month; older months than two years play no part in any indicator. */
export const monthlyFeeds = ['tax.vat-return', 'customs.trade', 'utility.usage', 'social-insurance.headcount'] as const;

export const otherFeeds = [
  'registry.enterprise',
  'registry.annual-report',
  'tax.income-return',
  'tax.credit-rating',
  'ip.right',
  'tech.staff',
  'tech.title',
  'court.enforcement',
  'penalty.decision',
  'environment.colour',
  'finance.loan',
] as const;

export type Feed = (typeof monthlyFeeds)[number] | (typeof otherFeeds)[number];

/** Two years to compare, and a quarter in which the last months arrive. */
const monthsRead = 27;

/** The first day of the monthly records that a profile on `asOf` looks at. */
export const monthlySince = (asOf: Day): Day => addMonths(asOf, -monthsRead);

/** The order does not depend on the order of delivery, so that a replay sees what the first run saw. */
export function byFeed(records: readonly SourceRecord[]): RecordsByFeed {
  return Map.groupBy(records.toSorted(newestFirst), ({ feed }) => feed);
}

export const of = (records: RecordsByFeed, feed: Feed): readonly SourceRecord[] => records.get(feed) ?? [];

function newestFirst(a: SourceRecord, b: SourceRecord): number {
  return (
    descending(a.eventDate, b.eventDate) ||
    descending(a.reportDate, b.reportDate) ||
    descending(b.recordKey, a.recordKey)
  );
}

const descending = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);

/** What is absent, or not of the kind that the contract promises, is not known. */
export function textIn(record: SourceRecord | undefined, field: string): string | null {
  const value = record?.fields[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function countIn(record: SourceRecord | undefined, field: string): number | null {
  const value = record?.fields[field];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function fenIn(record: SourceRecord | undefined, field: string): Fen | null {
  return parseFen(textIn(record, field) ?? '', { negative: true }) ?? null;
}

export function dayIn(record: SourceRecord | undefined, field: string): Day | null {
  return parseDay(textIn(record, field) ?? '') ?? null;
}

/** Months since year 0, so that "a year earlier" is a subtraction. */
export function monthNumberIn(record: SourceRecord | undefined, field: string): number | null {
  const text = textIn(record, field);
  if (text === null || !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) return null;
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
}

export function textsIn(record: SourceRecord | undefined, field: string): string[] {
  const value = record?.fields[field];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A year comes as a number, or as text from sources that call it a code. */
function yearIn(record: SourceRecord | undefined): number | null {
  const value = record?.fields['year'];
  const year = typeof value === 'string' && /^\d{4}$/.test(value) ? Number(value) : value;
  return typeof year === 'number' && Number.isInteger(year) ? year : null;
}

/**
 * The record of the latest full year, when it is one of the last two: returns are due in May, and what is older says
 * nothing about today.
 */
export function latestFullYear(records: readonly SourceRecord[], asOf: Day): SourceRecord | undefined {
  const thisYear = Number(asOf.slice(0, 4));
  return ofYear(records, thisYear - 1) ?? ofYear(records, thisYear - 2);
}

export function ofYear(records: readonly SourceRecord[], year: number): SourceRecord | undefined {
  return records.find((record) => yearIn(record) === year);
}

/** The record of the year before the one that `record` is about. */
export function yearBefore(
  records: readonly SourceRecord[],
  record: SourceRecord | undefined,
): SourceRecord | undefined {
  const year = yearIn(record);
  return year === null ? undefined : ofYear(records, year - 1);
}
