import { ApiProperty } from '@nestjs/swagger';

export class HoldResponse {
  id: string;
  kind: 'LEGAL_HOLD' | 'DUTY';
  uscc: string | null;
  feed: string | null;
  recordKey: string | null;
  until: string | null;
  reason: string;
  document: string;
  placedBy: string;
  placedAt: string;
  releasedBy: string | null;
  releasedAt: string | null;
  releaseReason: string | null;
}

export class HoldPage {
  items: HoldResponse[];
  nextCursor: string | null;
}

/** What was deleted or archived, when, and under which rule; the records themselves are gone. */
export class ProofResponse {
  id: string;
  feed: string;
  action: 'DELETED' | 'ARCHIVED';
  records: number;
  /** With all their versions. */
  versions: number;
  /** First and last of the days until which they were to be kept. */
  firstDay: string;
  lastDay: string;
  /** SHA-256 of each `feed\nrecord key`, sorted. */
  keyHashes: string[];
  /** SHA-256 of those, joined by line breaks. */
  keysHash: string;
  contractVersion: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  rule: Record<string, unknown>;
  doneAt: string;
}

export class ProofPage {
  items: ProofResponse[];
  nextCursor: string | null;
}

export interface HoldRow {
  id: string;
  kind: 'LEGAL_HOLD' | 'DUTY';
  uscc: string | null;
  feed: string | null;
  record_key: string | null;
  until: string | null;
  reason: string;
  document: string;
  placed_by: string;
  placed_at: Date;
  released_by: string | null;
  released_at: Date | null;
  release_reason: string | null;
}

export interface ProofRow {
  id: string;
  feed: string;
  action: 'DELETED' | 'ARCHIVED';
  records: number;
  versions: number;
  first_day: string;
  last_day: string;
  key_hashes: string[];
  keys_hash: string;
  contract_version: string;
  rule: Record<string, unknown>;
  done_at: Date;
}

export const toHoldResponse = (row: HoldRow): HoldResponse => ({
  id: row.id,
  kind: row.kind,
  uscc: row.uscc,
  feed: row.feed,
  recordKey: row.record_key,
  until: row.until,
  reason: row.reason,
  document: row.document,
  placedBy: row.placed_by,
  placedAt: row.placed_at.toISOString(),
  releasedBy: row.released_by,
  releasedAt: row.released_at?.toISOString() ?? null,
  releaseReason: row.release_reason,
});

export const toProofResponse = (row: ProofRow): ProofResponse => ({
  id: row.id,
  feed: row.feed,
  action: row.action,
  records: row.records,
  versions: row.versions,
  firstDay: row.first_day,
  lastDay: row.last_day,
  keyHashes: row.key_hashes,
  keysHash: row.keys_hash,
  contractVersion: row.contract_version,
  rule: row.rule,
  doneAt: row.done_at.toISOString(),
});
