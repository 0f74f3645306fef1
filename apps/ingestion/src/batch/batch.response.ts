import type { FileForm } from '../contract/contract.rules.js';
import type { Taken } from './intake.service.js';
import type { BatchStatus } from './list-batches.request.js';

/** What is wrong with a file as a whole, and where. */
export class FileProblemResponse {
  code: string;
  zh: string;
  en: string;
  /** Counted from 1; null when the whole file is meant. */
  line: number | null;
  column: number | null;
  byte: number | null;
}

/** Something seen in a file that did not stand in its way. */
export class FileNoteResponse {
  code: string;
  zh: string;
  en: string;
  count: number;
  /** Where it was first seen. */
  place: string;
}

/** The answer to a delivery; the same for the same delivery again. */
export class TakenResponse {
  id: string;
  feed: string;
  reference: string;
  status: 'RECEIVED';
  bytes: number;
  sha256: string;
  receivedAt: string;
}

/** One delivery of a feed. read = accepted + unchanged + stale + quarantined + refused, at every moment. */
export class BatchResponse {
  id: string;
  feed: string;
  reference: string;
  origin: 'UPLOAD' | 'DROP' | 'PULL' | 'TABLE' | 'TOPIC' | 'RESOLVE' | 'WORKBENCH' | 'REPLAY';
  status: BatchStatus;
  /** It waits, as it is, because an operator paused its feed or its source. */
  paused: boolean;
  /** Why it FAILED; null otherwise. */
  problem: FileProblemResponse | null;
  /** Rows accounted for so far. */
  read: number;
  /** New records, new versions and withdrawals. */
  accepted: number;
  unchanged: number;
  stale: number;
  quarantined: number;
  refused: number;
  /** Of those that were set aside: settled since, in the workbench. */
  settled: number;
  /** Of the time that was worked on it; null before the first part. */
  rowsPerSecond: number | null;
  bytes: number;
  sha256: string;
  charset: string | null;
  form: FileForm;
  /** The delivery that this one applies again. */
  replayOf: string | null;
  /** The version of the feed's contract that it is read under. */
  contractVersion: string | null;
  /** What a person should know of a file that was read all the same. */
  notes: FileNoteResponse[];
  receivedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export class BatchPage {
  items: BatchResponse[];
  nextCursor: string | null;
}

export class FaultResponse {
  code: string;
  /** `/` and the field's name; empty for the whole line. */
  pointer: string;
  /** The column as the file's header calls it; null for the whole line. */
  header: string | null;
  /** Which column of the file it is, counted from 1; null where a file has no columns. */
  position: number | null;
}

/** A row that was set aside, and why. */
export class QuarantineResponse {
  /** Line of the file, counted from 1, at which the row begins. */
  lineNumber: number;
  kind: 'QUARANTINED' | 'REFUSED';
  /** The reason that decides. */
  code: string;
  pointer: string;
  /** The column in question as the file's header calls it; null for the whole line. */
  header: string | null;
  /** Which column of the file it is, counted from 1; null where a file has no columns. */
  position: number | null;
  /** Where the row is found when the line does not say it: `名单!12`, `a.csv:3`; else empty. */
  place: string;
  /** The reason in words. */
  zh: string;
  en: string;
  /** Every reason. */
  faults: FaultResponse[];
  recordKey: string | null;
  /** The line as it came, at most 4 000 characters. */
  raw: string;
}

export class QuarantinePage {
  items: QuarantineResponse[];
  nextCursor: string | null;
}

export interface BatchRow {
  id: string;
  feed: string;
  reference: string;
  origin: 'UPLOAD' | 'DROP' | 'PULL' | 'TABLE' | 'TOPIC' | 'RESOLVE' | 'WORKBENCH' | 'REPLAY';
  status: BatchStatus;
  paused: boolean;
  problem: { code: string; zh: string; en: string; line?: number; column?: number; byte?: number } | null;
  read: string;
  accepted: string;
  unchanged: string;
  stale: string;
  quarantined: string;
  refused: string;
  settled: string;
  work_ms: string;
  bytes: string;
  sha256: string;
  charset: string | null;
  form: FileForm;
  contract_version: string | null;
  replay_of: string | null;
  notes: FileNoteResponse[] | null;
  received_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface QuarantineRow {
  line_number: number;
  kind: 'QUARANTINED' | 'REFUSED';
  code: string;
  pointer: string;
  zh: string;
  en: string;
  faults: { code: string; pointer: string }[];
  place: string;
  record_key: string | null;
  raw: string;
}

export const toTakenResponse = (taken: Taken): TakenResponse => ({
  id: taken.id,
  feed: taken.feed,
  reference: taken.reference,
  status: 'RECEIVED',
  bytes: taken.bytes,
  sha256: taken.sha256,
  receivedAt: taken.receivedAt.toISOString(),
});

export const toBatchResponse = (row: BatchRow): BatchResponse => ({
  id: row.id,
  feed: row.feed,
  reference: row.reference,
  origin: row.origin,
  status: row.status,
  paused: row.paused,
  problem: row.problem && toFileProblemResponse(row.problem),
  read: Number(row.read),
  accepted: Number(row.accepted),
  unchanged: Number(row.unchanged),
  stale: Number(row.stale),
  quarantined: Number(row.quarantined),
  refused: Number(row.refused),
  settled: Number(row.settled),
  rowsPerSecond: row.work_ms === '0' ? null : Math.round((Number(row.read) * 1_000) / Number(row.work_ms)),
  bytes: Number(row.bytes),
  sha256: row.sha256,
  charset: row.charset,
  form: row.form,
  replayOf: row.replay_of,
  contractVersion: row.contract_version,
  notes: (row.notes ?? []).map(({ code, zh, en, count, place }) => ({ code, zh, en, count, place })),
  receivedAt: row.received_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
});

const toFileProblemResponse = (problem: NonNullable<BatchRow['problem']>): FileProblemResponse => ({
  code: problem.code,
  zh: problem.zh,
  en: problem.en,
  line: problem.line ?? null,
  column: problem.column ?? null,
  byte: problem.byte ?? null,
});

/** The columns of a file, to show which one is meant. */
export interface FileColumns {
  /** Header by field name. */
  headers: ReadonlyMap<string, string>;
  /** Field names in the file's order. */
  layout: readonly string[];
}

const columnOf = (pointer: string, { headers, layout }: FileColumns) => {
  const field = pointer.slice(1);
  const place = layout.indexOf(field);
  return { header: headers.get(field) ?? null, position: place < 0 ? null : place + 1 };
};

export const toQuarantineResponse = (row: QuarantineRow, columns: FileColumns): QuarantineResponse => ({
  lineNumber: row.line_number,
  kind: row.kind,
  code: row.code,
  pointer: row.pointer,
  ...columnOf(row.pointer, columns),
  place: row.place,
  zh: row.zh,
  en: row.en,
  faults: row.faults.map(({ code, pointer }) => ({ code, pointer, ...columnOf(pointer, columns) })),
  recordKey: row.record_key,
  raw: row.raw,
});
