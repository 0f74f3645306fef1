import { innovationPortraits } from '@app/scorecard';

/** The file that a record came in; `kept` as long as it lies on disk. */
export class LineageFileResponse {
  sha256: string;
  bytes: number;
  form: string;
  charset: string | null;
  kept: boolean;
}

export class LineageBatchResponse {
  id: string;
  reference: string;
  origin: string;
  receivedAt: string;
  contractVersion: string | null;
  deliveredBy: string | null;
}

export class LineageSourceResponse {
  code: string;
  name: string;
}

/** The row that was set aside and mended into this one, and in which delivery it first came. */
export class MendedFromResponse {
  batchId: string;
  lineNumber: number;
  actId: string;
}

/** From a record back to the source that answers for it. */
export class RecordOriginResponse {
  feed: string;
  feedTitle: string;
  recordKey: string;
  version: number;
  uscc: string;
  inForce: boolean;
  /** Row of the file, counted from 1. */
  lineNumber: number;
  mendedFrom: MendedFromResponse | null;
  /** Corrections that lay over this version. */
  correctionIds: string[];
  /** null for records of before deliveries were kept. */
  file: LineageFileResponse | null;
  batch: LineageBatchResponse | null;
  source: LineageSourceResponse;
}

/** One thing that rests on a record. */
export class UseResponse {
  kind: 'INDICATOR' | 'FIGURE' | 'REPORT_LINE';
  /** The score, or the query that was answered with the report. */
  id: string;
  at: string;
  /** Code of the indicator, name of the figure, section of the report. */
  code: string;
  /** Name of an indicator; null for the others. */
  zh: string | null;
  en: string | null;
  version: number;
}

export class UsePage {
  items: UseResponse[];
  nextCursor: string | null;
}

/** One record that something rests on. */
export class RestsOnResponse {
  kind: 'INDICATOR' | 'FIGURE' | 'REPORT_LINE';
  id: string;
  at: string;
  code: string;
  /** Name of an indicator; null for the others. */
  zh: string | null;
  en: string | null;
  feed: string;
  /** null for a feed that is no longer known. */
  feedTitle: string | null;
  /** `***` where the report did not show it. */
  recordKey: string;
  version: number;
  batchId: string | null;
  lineNumber: number | null;
  batchReference: string | null;
}

export class RestsOnPage {
  items: RestsOnResponse[];
  nextCursor: string | null;
}

/** A record that a delivery brought: the row of the file that it stands in leads to it. */
export class BroughtResponse {
  lineNumber: number;
  recordKey: string;
  version: number;
  /** I, U or D: withdrawn by the source. */
  op: string;
  /** Whether no later version has replaced or withdrawn it. */
  inForce: boolean;
}

export class BroughtPage {
  items: BroughtResponse[];
  nextCursor: string | null;
}

export interface BroughtRow {
  line_number: number;
  record_key: string;
  version: number;
  op: string;
  in_force: boolean;
}

export interface OriginRow {
  feed: string;
  record_key: string;
  version: number;
  uscc: string;
  in_force: boolean;
  line_number: number;
  batch_id: string;
  reference: string | null;
  origin: string | null;
  received_at: Date;
  contract_version: string | null;
  delivered_by: string | null;
  sha256: string | null;
  bytes: string | null;
  form: string | null;
  charset: string | null;
  correction_ids: string[];
  mended_from: MendedFromResponse | null;
}

export interface UseRow {
  kind: UseResponse['kind'];
  id: string;
  at: Date;
  code: string;
  feed: string;
  record_key: string;
  version: number;
  place: number;
}

export interface RestsOnRow extends UseRow {
  feed_title: string | null;
  batch_id: string | null;
  line_number: number | null;
  reference: string | null;
}

export const toRecordOriginResponse = (
  row: OriginRow,
  { source, kept, feedTitle }: { source: LineageSourceResponse; kept: boolean; feedTitle: string },
): RecordOriginResponse => ({
  feed: row.feed,
  feedTitle,
  recordKey: row.record_key,
  version: row.version,
  uscc: row.uscc,
  inForce: row.in_force,
  lineNumber: row.line_number,
  mendedFrom: row.mended_from,
  correctionIds: row.correction_ids,
  file:
    row.sha256 === null
      ? null
      : { sha256: row.sha256, bytes: Number(row.bytes), form: row.form ?? '', charset: row.charset, kept },
  batch:
    row.reference === null
      ? null
      : {
          id: row.batch_id,
          reference: row.reference,
          origin: row.origin ?? '',
          receivedAt: row.received_at.toISOString(),
          contractVersion: row.contract_version,
          deliveredBy: row.delivered_by,
        },
  source,
});

export const toUseResponse = ({ kind, id, at, code, version }: UseRow): UseResponse => ({
  kind,
  id,
  at: at.toISOString(),
  code,
  ...wordsOf(kind, code),
  version,
});

export const toRestsOnResponse = (row: RestsOnRow): RestsOnResponse => ({
  kind: row.kind,
  id: row.id,
  at: row.at.toISOString(),
  code: row.code,
  ...wordsOf(row.kind, row.code),
  feed: row.feed,
  feedTitle: row.feed_title,
  recordKey: row.record_key,
  version: row.version,
  batchId: row.batch_id,
  lineNumber: row.line_number,
  batchReference: row.reference,
});

export const toBroughtResponse = (row: BroughtRow): BroughtResponse => ({
  lineNumber: row.line_number,
  recordKey: row.record_key,
  version: row.version,
  op: row.op,
  inForce: row.in_force,
});

/** Names stay over versions of the model; the newest one's are shown, as a portrait does. */
const indicatorWords = new Map(
  innovationPortraits.flatMap(({ dimensions }) =>
    dimensions.flatMap(({ indicators }) => indicators.map(({ code, zh, en }) => [code, { zh, en }] as const)),
  ),
);

const wordsOf = (kind: UseResponse['kind'], code: string): { zh: string | null; en: string | null } =>
  (kind === 'INDICATOR' ? indicatorWords.get(code) : undefined) ?? { zh: null, en: null };
