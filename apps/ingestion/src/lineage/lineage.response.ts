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
  feed: string;
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
  batch_id: string | null;
  line_number: number | null;
  reference: string | null;
}

export const toRecordOriginResponse = (
  row: OriginRow,
  { source, kept }: { source: LineageSourceResponse; kept: boolean },
): RecordOriginResponse => ({
  feed: row.feed,
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
  version,
});

export const toRestsOnResponse = (row: RestsOnRow): RestsOnResponse => ({
  kind: row.kind,
  id: row.id,
  at: row.at.toISOString(),
  code: row.code,
  feed: row.feed,
  recordKey: row.record_key,
  version: row.version,
  batchId: row.batch_id,
  lineNumber: row.line_number,
  batchReference: row.reference,
});
