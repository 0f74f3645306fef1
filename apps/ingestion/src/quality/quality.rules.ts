import { never } from '@app/kernel';

import type { Column, Contract, QualityRule } from '../contract/contract.rules.js';

/** A record in force, with what its version before said. */
export interface QualityRecord {
  key: string;
  eventDate: string;
  reportDate: string;
  fields: Record<string, unknown>;
  before: Record<string, unknown> | null;
}

export interface FeedRecords {
  contract: Contract;
  records: readonly QualityRecord[];
}

/** Something that does not fit, known again by rule and subject when it is looked for anew. */
export interface Finding {
  kind: QualityRule['rule'];
  /** The rule in one line; a feed may have several of one kind. */
  rule: string;
  field: string;
  /** The record, the group of equal records, or the year that does not agree. */
  subject: string;
  keys: string[];
  detail: FindingDetail;
}

export interface FindingDetail {
  /** What stands there. */
  value?: string;
  /** What it was compared with. */
  other?: string;
  sides?: ConflictSide[];
  toleranceBp?: number;
}

/** One source's word on a figure that two sources know. */
export interface ConflictSide {
  feed: string;
  field: string;
  value: string;
  keys: string[];
  reportDate: string;
}

/** What one enterprise's records in one feed come to. */
export interface Measure {
  records: number;
  /** Records that have a field, by field of the rules of completeness. */
  filled: Record<string, number>;
  /** Records that some finding is about. */
  affected: number;
  findings: Finding[];
}

/** Looks at one enterprise's records in one feed; `others` are its records in feeds that rules compare with. */
export function measureOf(feed: FeedRecords, others: ReadonlyMap<string, FeedRecords>): Measure {
  const rules = feed.contract.quality ?? [];
  const findings = feed.records.length === 0 ? [] : rules.flatMap((rule) => findingsOf(rule, feed, others));
  const filled = rules
    .filter((rule) => rule.rule === 'COMPLETE')
    .map(({ field }) => [field, feed.records.filter(({ fields }) => isFilled(fields[field])).length] as const);
  return {
    records: feed.records.length,
    filled: Object.fromEntries(filled),
    affected: new Set(findings.flatMap(({ keys }) => keys)).size,
    findings,
  };
}

/** Feeds that the rules of a contract compare with. */
export const comparedWith = ({ quality = [] }: Contract): string[] => [
  ...new Set(quality.filter((rule) => rule.rule === 'AGREES').map(({ feed }) => feed)),
];

function findingsOf(rule: QualityRule, feed: FeedRecords, others: ReadonlyMap<string, FeedRecords>): Finding[] {
  switch (rule.rule) {
    case 'COMPLETE':
      // A share of the whole feed: no single record breaks it.
      return [];
    case 'UNIQUE':
      return notUnique(rule, feed);
    case 'ORDER':
      return outOfOrder(rule, feed);
    case 'RANGE':
      return outOfRange(rule, feed);
    case 'JUMP':
      return jumps(rule, feed);
    case 'AGREES':
      return contradictions(rule, feed, others.get(rule.feed));
    default:
      return never(rule);
  }
}

type RuleOf<K extends QualityRule['rule']> = Extract<QualityRule, { rule: K }>;

const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** Leading columns stand beside the fields; the enterprise is the same for all records that are looked at. */
const valueOf = (record: QualityRecord, field: string): unknown => {
  if (field === 'event_date') return record.eventDate;
  return field === 'report_date' ? record.reportDate : record.fields[field];
};

function notUnique({ fields }: RuleOf<'UNIQUE'>, { records }: FeedRecords): Finding[] {
  const own = fields.filter((field) => field !== 'uscc');
  const groups = Map.groupBy(records, (record) => own.map((field) => textOf(valueOf(record, field))).join(' | '));
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .map(([subject, group]) => ({
      kind: 'UNIQUE',
      rule: `UNIQUE ${fields.join(',')}`,
      field: own.at(-1) ?? 'uscc',
      subject,
      keys: group.map(({ key }) => key).toSorted(byText),
      detail: { value: String(group.length) },
    }));
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function outOfOrder({ earlier, later }: RuleOf<'ORDER'>, { records }: FeedRecords): Finding[] {
  return records.flatMap((record) => {
    const [from, to] = [valueOf(record, earlier), valueOf(record, later)];
    if (typeof from !== 'string' || typeof to !== 'string' || from <= to) return [];
    return [found('ORDER', `ORDER ${earlier},${later}`, later, record, { value: to, other: from })];
  });
}

function outOfRange({ field, min = -Infinity, max = Infinity }: RuleOf<'RANGE'>, { records }: FeedRecords): Finding[] {
  return records.flatMap((record) => {
    const value = numberOf(record.fields[field]);
    if (value === undefined || (value >= min && value <= max)) return [];
    return [found('RANGE', `RANGE ${field}`, field, record, { value: textOf(record.fields[field]) })];
  });
}

const found = (
  kind: Finding['kind'],
  rule: string,
  field: string,
  { key }: QualityRecord,
  detail: FindingDetail,
): Finding => ({ kind, rule, field, subject: key, keys: [key], detail });

/** Figures are compared roughly here: a double is exact enough for a factor. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  return value === '' || !Number.isFinite(number) ? undefined : number;
}

/**
 * A figure in the wrong unit is about `factor` times its neighbours, not exactly: business moves as well. Half an order of
 * magnitude of that is left to it (10 000 becomes 3 162).
 */
const slack = Math.sqrt(10);

/** Compares each figure with the middle of its series; where there is none, with what the same record said before. */
function jumps({ field, factor }: RuleOf<'JUMP'>, { contract, records }: FeedRecords): Finding[] {
  const middles = middlesOf(contract, records, field);
  return records.flatMap((record) => {
    const value = record.fields[field];
    // A series knows what is usual: a record that was put right must not be held against its own past.
    const other = middles.get(record) ?? record.before?.[field];
    if (!isJump(numberOf(value), numberOf(other), factor / slack)) return [];
    return [found('JUMP', `JUMP ${field}`, field, record, { value: textOf(value), other: textOf(other) })];
  });
}

/** Fewer figures do not say what is usual. */
const seriesMin = 3;

function middlesOf(contract: Contract, records: readonly QualityRecord[], field: string): Map<QualityRecord, number> {
  const series = seriesFields(contract);
  const middles = new Map<QualityRecord, number>();
  if (!series) return middles;
  for (const group of Map.groupBy(records, ({ fields }) =>
    series.map((name) => textOf(fields[name])).join('|'),
  ).values()) {
    const values = group.map(({ fields }) => numberOf(fields[field])).filter((value) => value !== undefined);
    const filled = values.filter((value) => value !== 0);
    if (filled.length >= seriesMin) for (const record of group) middles.set(record, medianOf(filled));
  }
  return middles;
}

/** What tells one series of figures from another: the fields that make a record unique, but for its period. */
function seriesFields({ columns, quality = [] }: Contract): string[] | undefined {
  const unique = quality.find((rule) => rule.rule === 'UNIQUE');
  const periods = new Set(columns.filter(isPeriod).map(({ name }) => name));
  if (!unique || !unique.fields.some((field) => periods.has(field))) return undefined;
  return unique.fields.filter((field) => field !== 'uscc' && !periods.has(field));
}

const isPeriod = ({ type }: Column): boolean => type === 'month' || type === 'year';

function isJump(value: number | undefined, other: number | undefined, least: number): boolean {
  if (value === undefined || other === undefined || value === 0 || other === 0) return false;
  const ratio = Math.abs(value / other);
  return ratio >= least || ratio <= 1 / least;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  // The lower middle: a figure that is really there.
  return sorted[(sorted.length - 1) >> 1]!;
}

interface YearFigure {
  value: number;
  keys: string[];
  reportDate: string;
}

/** Two sources on one figure of one year: a sum of months where it is money, the last month where it is a count. */
function contradictions(rule: RuleOf<'AGREES'>, feed: FeedRecords, other: FeedRecords | undefined): Finding[] {
  if (!other) return [];
  const [own, theirs] = [yearsOf(feed, rule.field), yearsOf(other, rule.with)];
  return [...own].flatMap(([year, one]) => {
    const two = theirs.get(year);
    if (!two || Math.abs(one.value - two.value) * 10_000 <= rule.toleranceBp * Math.abs(two.value)) return [];
    const sides = [sideOf(feed, rule.field, one), sideOf(other, rule.with, two)];
    return [
      {
        kind: 'AGREES' as const,
        rule: `AGREES ${rule.field},${rule.feed}.${rule.with}`,
        field: rule.field,
        subject: year,
        keys: one.keys,
        detail: { value: String(one.value), other: String(two.value), sides, toleranceBp: rule.toleranceBp },
      },
    ];
  });
}

const sideOf = ({ contract }: FeedRecords, field: string, { value, keys, reportDate }: YearFigure): ConflictSide => ({
  feed: contract.feed,
  field,
  value: String(value),
  keys,
  reportDate,
});

const monthsOfYear = 12;

function yearsOf({ contract, records }: FeedRecords, field: string): Map<string, YearFigure> {
  const period = contract.columns.find(isPeriod);
  const isMoney = contract.columns.some((one) => one.name === field && one.type === 'money');
  const periodOf = (record: QualityRecord) =>
    period ? textOf(record.fields[period.name]) : record.eventDate.slice(0, 4);
  const known = records.filter((record) => numberOf(record.fields[field]) !== undefined);
  const years = Map.groupBy(known, (record) => periodOf(record).slice(0, 4));
  const figures = new Map<string, YearFigure>();
  for (const [year, group] of years) {
    const months = period?.type === 'month';
    // Part of a year's months says nothing about the year.
    if (months && isMoney && new Set(group.map(periodOf)).size < monthsOfYear) continue;
    const last = group.map(periodOf).toSorted(byText).at(-1);
    const used = months && isMoney ? group : group.filter((record) => periodOf(record) === last);
    figures.set(year, {
      // Of several records of one period the sum counts for money; of counts the highest is the most careful reading.
      value: isMoney ? sumOf(used, field) : Math.max(...used.map((record) => numberOf(record.fields[field])!)),
      keys: used.map(({ key }) => key).toSorted(byText),
      reportDate: used
        .map(({ reportDate }) => reportDate)
        .toSorted(byText)
        .at(-1)!,
    });
  }
  return figures;
}

/** Fen beyond 2^53 are kept exact until they are summed; the comparison has a tolerance of hundredths. */
const sumOf = (records: readonly QualityRecord[], field: string): number =>
  Number(records.reduce((total, record) => total + BigInt(textOf(record.fields[field])), 0n));
