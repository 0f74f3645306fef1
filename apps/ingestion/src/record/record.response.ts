import type { Day } from '@app/kernel';
import { ApiProperty } from '@nestjs/swagger';

import type { Fields, Overlay } from '../correction/overlay.rules.js';
import type { ShownFields } from './record-view.rules.js';

/** A record as it was known at an instant. */
export class RecordResponse {
  feed: string;
  feedTitle: string;
  recordKey: string;
  version: number;
  uscc: string;
  eventDate: string;
  reportDate: string;
  /** With corrections; what this viewer may not see is `***`. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  fields: Record<string, unknown>;
  /** As the source sent them; null where nothing is corrected. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  rawFields: Record<string, unknown> | null;
  correctionId: string | null;
  /** Names of the fields that are not shown. */
  masked: string[];
  /** Last day on which it is public; null: no end is known. */
  publicUntil: string | null;
  visible: boolean;
  batchId: string;
  lineNumber: number;
  receivedAt: string;
}

export class RecordPage {
  /** The instant that is shown. */
  asOf: string;
  items: RecordResponse[];
  nextCursor: string | null;
}

/** One version of a record, with the delivery that brought it. */
export class RecordVersionResponse {
  version: number;
  uscc: string;
  /** I, U or D: withdrawn by the source. */
  op: string;
  inForce: boolean;
  eventDate: string;
  reportDate: string;
  /** As the source sent them. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  fields: Record<string, unknown>;
  masked: string[];
  batchId: string;
  batchReference: string | null;
  batchOrigin: string | null;
  lineNumber: number;
  receivedAt: string;
}

/** A column of the feed in the words of its source. */
export class RecordColumnResponse {
  name: string;
  header: string;
  /** `money` is whole fen. */
  @ApiProperty({ enum: ['text', 'list', 'code', 'integer', 'decimal', 'money', 'day', 'month', 'year'] })
  type: string;
}

export class RecordVersionPage {
  /** What the names in `fields` mean, in the order of the contract. */
  columns: RecordColumnResponse[];
  items: RecordVersionResponse[];
  nextCursor: string | null;
}

export interface RecordRow {
  feed: string;
  feed_id: number;
  record_key: string;
  version: number;
  uscc: string;
  op: string;
  event_date: Day;
  report_date: Day;
  fields: Fields;
  batch_id: string;
  line_number: number;
  received_at: Date;
}

export interface RecordAsOfRow extends RecordRow {
  feed_title: string;
  correction_id: string | null;
  overlay_fields: Overlay['fields'] | null;
}

export interface VersionRow extends RecordRow {
  in_force: boolean;
  reference: string | null;
  origin: string | null;
}

export const toRecordResponse = (row: RecordAsOfRow, shown: ShownFields): RecordResponse => ({
  feed: row.feed,
  feedTitle: row.feed_title,
  recordKey: row.record_key,
  version: row.version,
  uscc: row.uscc,
  eventDate: row.event_date,
  reportDate: row.report_date,
  fields: shown.fields,
  rawFields: shown.raw,
  correctionId: row.correction_id,
  masked: shown.masked,
  publicUntil: shown.publicUntil,
  visible: shown.visible,
  batchId: row.batch_id,
  lineNumber: row.line_number,
  receivedAt: row.received_at.toISOString(),
});

export const toRecordVersionResponse = (row: VersionRow, shown: ShownFields): RecordVersionResponse => ({
  version: row.version,
  uscc: row.uscc,
  op: row.op,
  inForce: row.in_force,
  eventDate: row.event_date,
  reportDate: row.report_date,
  fields: shown.fields,
  masked: shown.masked,
  batchId: row.batch_id,
  batchReference: row.reference,
  batchOrigin: row.origin,
  lineNumber: row.line_number,
  receivedAt: row.received_at.toISOString(),
});
