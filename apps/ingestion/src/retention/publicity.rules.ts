import { addDays, addMonths, type Day, parseDay } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';

/** For how long a decision is shown to the public. */
interface Term {
  code: string;
  /** Months after the day of publication, the last day included; 0: never published; null: as long as it is listed. */
  months: number | null;
  source: string;
}

const samr = '市场监督管理行政处罚信息公示规定（2021-09-01）；对 2026-04-01 之前的决定';
const repair = '信用修复管理办法（2026-04-01）';

/** Each with where it is written; the longest that the rule allows, repair ends it earlier. */
export const publicityTerms = [
  { code: 'SAMR_WARNING_ONLY', months: 0, source: samr },
  { code: 'SAMR_CRITICISM', months: 3, source: samr },
  { code: 'SAMR_SMALL_FINE', months: 3, source: samr },
  { code: 'SAMR_OTHER', months: 36, source: samr },
  { code: 'REPAIR_MINOR', months: 0, source: repair },
  { code: 'REPAIR_GENERAL', months: 12, source: repair },
  { code: 'REPAIR_SERIOUS', months: 36, source: repair },
  { code: 'DISHONEST_DEBTOR', months: null, source: '最高人民法院失信名单规定' },
  { code: 'PERSONAL_NEGATIVE', months: 0, source: '征信业管理条例第十六条：经同意查询，不公开' },
] as const satisfies readonly Term[];
export type PublicityCode = (typeof publicityTerms)[number]['code'];

/** Decisions from this day on are published by their severity. */
const repairFrom = '2026-04-01' as Day;
/** 征信业管理条例 art. 16: of persons only, from the end of the act on. */
const personalNegativeYears = 5;

export interface PublicityCase {
  subject: 'ENTERPRISE' | 'PERSON';
  recordType: PublicityCode;
  publishedOn: Day | null;
  /** A restriction that lasts longer than the term is shown as long as it lasts. */
  restrictedUntil?: Day | null;
  /** The day on which a repair was granted, a decision revoked or a listing ended: hidden from that day on. */
  removedOn?: Day | null;
  /** The end of a personal act or event; null: it goes on, and no clock has started. */
  endedOn?: Day | null;
  asOf: Day;
}

export interface Publicity {
  /** Last day on which it is shown; null: never shown, or no end is known. */
  publicUntil: Day | null;
  visible: boolean;
  deleteBy5YearRule: boolean;
}

/** Spec 40 §4.5 and §4.6. A period begins on the day after publication and includes its last day (民法典 201, 202). */
export function publicityOf(one: PublicityCase): Publicity {
  const { months } = publicityTerms.find(({ code }) => code === one.recordType)!;
  const deleteBy5YearRule = isOverFiveYears(one);
  if (months === 0) return { publicUntil: null, visible: false, deleteBy5YearRule };
  const byTerm = months === null || !one.publishedOn ? null : addMonths(one.publishedOn, months);
  const longest = byTerm && one.restrictedUntil && one.restrictedUntil > byTerm ? one.restrictedUntil : byTerm;
  const publicUntil = earlier(longest, one.removedOn ? addDays(one.removedOn, -1) : null);
  return { publicUntil, visible: publicUntil === null || one.asOf <= publicUntil, deleteBy5YearRule };
}

function isOverFiveYears({ subject, recordType, endedOn, asOf }: PublicityCase): boolean {
  if (subject !== 'PERSON' || recordType !== 'PERSONAL_NEGATIVE' || !endedOn) return false;
  return asOf > addMonths(endedOn, personalNegativeYears * 12);
}

const earlier = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b < a) ? b : a);

/** Of a record: `published` is false for what may never be shown. */
export interface RecordPublicity {
  published: boolean;
  publicUntil: Day | null;
}

export interface PublicRecord {
  eventDate: Day;
  fields: Readonly<Record<string, unknown>>;
}

/** Whether records of this feed end being shown at all. */
export const hasPublicityEnd = ({ publicity }: Contract): boolean => publicity?.until !== undefined;

/** By the contract: the source's own day where it says one, else what the law gives for what is known. */
export function publicityOfRecord({ publicity }: Contract, record: PublicRecord): RecordPublicity {
  if (publicity?.until === undefined) return { published: true, publicUntil: null };
  const until = dayIn(record, publicity.until);
  // A listing is removed on that day: the day before was its last.
  if (publicity.recordType === 'DISHONEST_DEBTOR') return { published: true, publicUntil: until && addDays(until, -1) };
  if (until || publicity.recordType !== 'ENTERPRISE_PENALTY') return { published: true, publicUntil: until };
  // It is published within days of the decision; counting from the decision never shows it for too long.
  const decidedOn = dayIn(record, 'decided_on') ?? record.eventDate;
  const recordType = penaltyCodeOf(record.fields['kind'], decidedOn);
  const { publicUntil, visible } = publicityOf({
    subject: 'ENTERPRISE',
    recordType,
    publishedOn: decidedOn,
    asOf: decidedOn,
  });
  return { published: visible, publicUntil };
}

/** The severity of newer decisions is in no feed yet: the longest term is taken, and the source's own day goes before it. */
function penaltyCodeOf(kind: unknown, decidedOn: Day): PublicityCode {
  if (decidedOn >= repairFrom) return 'REPAIR_SERIOUS';
  if (kind === '警告') return 'SAMR_WARNING_ONLY';
  return kind === '通报批评' ? 'SAMR_CRITICISM' : 'SAMR_OTHER';
}

export const isHidden = ({ published, publicUntil }: RecordPublicity, today: Day): boolean =>
  !published || (publicUntil !== null && publicUntil < today);

function dayIn({ fields }: PublicRecord, name: string): Day | null {
  const value = fields[name];
  return typeof value === 'string' ? (parseDay(value) ?? null) : null;
}
