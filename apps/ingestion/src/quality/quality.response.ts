/** What a score is made of, in basis points; null: nothing is known. */
export class QualityPartsResponse {
  /** Rows of the last months that were not set aside. */
  validBp: number | null;
  /** Fields that are there, of those the contract wants complete. */
  completeBp: number | null;
  /** Records that no finding is about. */
  consistentBp: number | null;
  /** 10 000 while the promise of freshness is kept. */
  freshBp: number | null;
}

export class FeedQualityResponse {
  feed: string;
  title: string;
  source: string;
  scoreBp: number | null;
  parts: QualityPartsResponse;
  records: number;
  findings: number;
  newestReportDate: string | null;
  fresh: boolean | null;
  /** When an alert was raised that is still open. */
  lateSince: string | null;
  measuredAt: string;
}

export class FeedQualityPage {
  items: FeedQualityResponse[];
  nextCursor: string | null;
}

export class SourceQualityResponse {
  source: string;
  sourceName: string;
  /** Mean of its feeds by their records. */
  scoreBp: number | null;
  feeds: number;
  lateFeeds: number;
  records: number;
  findings: number;
}

export class SourceQualityPage {
  items: SourceQualityResponse[];
  nextCursor: string | null;
}

export class EnterpriseFeedQualityResponse {
  feed: string;
  title: string;
  records: number;
  affected: number;
  findings: number;
  scoreBp: number | null;
}

/** How good what is held of one enterprise is. */
export class EnterpriseQualityResponse {
  uscc: string;
  scoreBp: number | null;
  records: number;
  findings: number;
  feeds: EnterpriseFeedQualityResponse[];
}

/** One feed on one day. */
export class QualityDayResponse {
  day: string;
  /** Deliveries that arrived. */
  deliveries: number;
  read: number;
  setAside: number;
  /** As measured last on that day; null when nobody measured. */
  scoreBp: number | null;
  fresh: boolean | null;
  findings: number | null;
}

export class FeedDaysResponse {
  feed: string;
  title: string;
  source: string;
  /** Every day of the period, oldest first. */
  days: QualityDayResponse[];
}

/** The heat map: feeds by days. */
export class QualityDaysResponse {
  from: string;
  to: string;
  items: FeedDaysResponse[];
}

export class FindingResponse {
  id: string;
  feed: string;
  uscc: string;
  /** UNIQUE, ORDER, RANGE, JUMP, AGREES */
  kind: string;
  rule: string;
  field: string;
  /** The record, the group of equal records, or the year. */
  subject: string;
  recordKeys: string[];
  /** Null where another source said it and the viewer may not see it. */
  value: string | null;
  other: string | null;
  foundAt: string;
}

export class FindingPage {
  items: FindingResponse[];
  nextCursor: string | null;
}

/** One source's word. */
export class ConflictSideResponse {
  feed: string;
  source: string;
  sourceName: string;
  field: string;
  header: string;
  /** Null: what another source keeps is not shown to this one. */
  value: string | null;
  recordKeys: string[];
  reportDate: string;
}

/** Two sources that say different things about one figure; the platform takes neither side. */
export class ConflictResponse {
  id: string;
  uscc: string;
  year: string;
  toleranceBp: number;
  sides: ConflictSideResponse[];
  foundAt: string;
}

export class ConflictPage {
  items: ConflictResponse[];
  nextCursor: string | null;
}

export class LetterResponse {
  id: string;
  source: string;
  month: string;
  issuedAt: string;
  /** SHA-256 of the text. */
  digest: string;
}

export class LetterPage {
  items: LetterResponse[];
  nextCursor: string | null;
}

export class LetterTextResponse extends LetterResponse {
  markdown: string;
}

export interface LetterRow {
  id: string;
  source: string;
  month: string;
  issued_at: Date;
  digest: string;
  markdown: string;
  page: string;
}

export const toLetterResponse = ({ id, source, month, issued_at, digest }: LetterRow) =>
  ({ id, source, month, issuedAt: issued_at.toISOString(), digest }) satisfies LetterResponse;
