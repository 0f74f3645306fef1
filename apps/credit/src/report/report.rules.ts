import type { Day } from '@app/kernel';

import {
  type FeedLayout,
  feedLayouts,
  type FieldLayout,
  type SectionCode,
  sectionLayouts,
} from './report-layout.rules.js';

/** What a contract lets a field be; money is a string of whole fen. */
export type FieldValue = string | number | boolean | string[] | null | undefined;

/** A live record as ingestion_api.record_v1 shows it, with its feed's source and basis. */
export interface ReportRecord {
  feed: string;
  source: string;
  sourceName: string;
  feedTitle: string;
  basis: string;
  recordKey: string;
  version: number;
  eventDate: Day;
  reportDate: Day;
  fields: Readonly<Record<string, FieldValue>>;
  /** Records of this enterprise in this feed, of which the newest are given. */
  ofFeed: number;
}

interface ReportField {
  code: string;
  label: string;
  kind: string;
  value: string | number | string[] | null;
}

export type Tendency = 'POSITIVE' | 'NEGATIVE' | null;

interface ReportItem {
  feed: string;
  source: string;
  recordKey: string;
  version: number;
  eventDate: Day;
  tendency: Tendency;
  fields: ReportField[];
}

interface ReportSection {
  code: SectionCode;
  title: string;
  items: ReportItem[];
}

interface SourceFreshness {
  feed: string;
  title: string;
  source: string;
  sourceName: string;
  basis: string;
  records: number;
  latestEventDate: Day;
  latestReportDate: Day;
}

export interface ReportBody {
  sections: ReportSection[];
  overview: { records: number; positive: number; negative: number };
  sources: SourceFreshness[];
}

/** Who looks, when: masks and publicity periods depend on it. */
export interface ReportView {
  institution: string;
  today: Day;
  /** Whether records of AUTHORISED feeds may enter: only under an active COLLECTION limb. */
  collection: boolean;
}

/** Builds a report field by field from an enterprise's records; what has no layout does not enter. */
export function composeReport(records: readonly ReportRecord[], view: ReportView): ReportBody {
  const shown = records.filter((record) => feedLayouts[record.feed] !== undefined && mayEnter(record, view));
  const items = shown.map((record) => ({
    section: feedLayouts[record.feed]!.section,
    item: toItem(record, feedLayouts[record.feed]!, view),
  }));
  const count = (tendency: Tendency) => items.filter(({ item }) => item.tendency === tendency).length;
  return {
    sections: sectionLayouts.map(({ code, title }) => ({
      code,
      title,
      items: items.filter(({ section }) => section === code).map(({ item }) => item),
    })),
    overview: { records: items.length, positive: count('POSITIVE'), negative: count('NEGATIVE') },
    sources: freshnessOf(shown),
  };
}

/** Spec 40 §4.6: penalties while public, listed debtors while listed, authorised feeds under COLLECTION. */
function mayEnter({ feed, basis, fields }: ReportRecord, { today, collection }: ReportView): boolean {
  if (basis === 'AUTHORISED' && !collection) return false;
  if (feed === 'penalty.decision') return !isBefore(fields['public_until'], today);
  if (feed === 'court.enforcement') return !isAtMost(fields['removed_on'], today);
  return true;
}

const isBefore = (value: FieldValue, today: Day): boolean => typeof value === 'string' && value !== '' && value < today;
const isAtMost = (value: FieldValue, today: Day): boolean =>
  typeof value === 'string' && value !== '' && value <= today;

function toItem(record: ReportRecord, { fields }: FeedLayout, view: ReportView): ReportItem {
  const { feed, source, recordKey, version, eventDate } = record;
  return {
    feed,
    source,
    recordKey: feed === 'finance.loan' && !isOwnLoan(record, view) ? '***' : recordKey,
    version,
    eventDate,
    tendency: tendencyOf(record, view.today),
    fields: fields.map((layout) => ({ ...layout, value: valueOf(record, layout, view) })),
  };
}

const isOwnLoan = ({ fields }: ReportRecord, { institution }: ReportView): boolean =>
  fields['institution'] === institution;

function valueOf(record: ReportRecord, { code, kind }: FieldLayout, view: ReportView): ReportField['value'] {
  const value = record.fields[code];
  if (value === undefined || value === null) return null;
  // With whom an enterprise banks, and under which contract, is the business of that bank and the enterprise.
  if (kind === 'own') return isOwnLoan(record, view) ? plain(value) : '***';
  if (kind === 'account') return `***${String(value).slice(-4)}`;
  return plain(value);
}

const plain = (value: NonNullable<FieldValue>): string | number | string[] =>
  typeof value === 'boolean' ? String(value) : value;

/** Whether a record speaks for or against the enterprise (条例 art. 44); most do neither. */
export function tendencyOf({ feed, fields }: Pick<ReportRecord, 'feed' | 'fields'>, today: Day): Tendency {
  const is = (code: string, ...values: string[]) => values.includes(String(fields[code]));
  const above = (code: string) => Number(fields[code] ?? 0) > 0;
  switch (feed) {
    case 'registry.enterprise':
      return is('status', '吊销') ? 'NEGATIVE' : null;
    case 'tax.credit-rating':
      return pick(is('level', 'A'), is('level', 'D'));
    case 'utility.usage':
      return pick(false, above('arrears'));
    case 'social-insurance.headcount':
      return pick(false, above('arrears_months'));
    case 'tech.title':
      return pick(!isBefore(fields['valid_to'], today), false);
    case 'court.enforcement':
    case 'penalty.decision':
      return 'NEGATIVE';
    case 'environment.colour':
      return pick(is('colour', '绿'), is('colour', '红', '黑'));
    case 'finance.loan':
      return pick(false, is('class', '次级', '可疑', '损失') || above('overdue_days'));
    default:
      return null;
  }
}

const pick = (positive: boolean, negative: boolean): Tendency => {
  if (negative) return 'NEGATIVE';
  return positive ? 'POSITIVE' : null;
};

function freshnessOf(records: readonly ReportRecord[]): SourceFreshness[] {
  const feeds = Map.groupBy(records, ({ feed }) => feed);
  return [...feeds.values()].map((ofFeed) => ({
    feed: ofFeed[0]!.feed,
    title: ofFeed[0]!.feedTitle,
    source: ofFeed[0]!.source,
    sourceName: ofFeed[0]!.sourceName,
    basis: ofFeed[0]!.basis,
    records: ofFeed[0]!.ofFeed,
    latestEventDate: latest(ofFeed.map(({ eventDate }) => eventDate)),
    latestReportDate: latest(ofFeed.map(({ reportDate }) => reportDate)),
  }));
}

const latest = (days: readonly Day[]): Day => days.reduce((a, b) => (a > b ? a : b));
