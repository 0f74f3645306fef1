import { type TakenResponse, toTakenResponse } from '../batch/batch.response.js';
import type { Taken } from '../batch/intake.service.js';

/** A file on its way in pieces. */
export class UploadResponse {
  id: string;
  feed: string;
  reference: string;
  /** So many bytes are safely here; the next piece begins with this one. */
  offset: number;
  bytes: number;
  expiresAt: string;
  /** The delivery that it became; null until it is whole. */
  batch: TakenResponse | null;
}

export interface UploadRow {
  id: string;
  feed: string;
  reference: string;
  form: string;
  charset: string | null;
  bytes: string;
  sha256: string | null;
  received: string;
  organisation_id: string;
  started_by: string;
  expires_at: Date;
  batch_id: string | null;
}

export const toUploadResponse = (row: UploadRow, batch: Taken | null): UploadResponse => ({
  id: row.id,
  feed: row.feed,
  reference: row.reference,
  offset: Number(row.received),
  bytes: Number(row.bytes),
  expiresAt: row.expires_at.toISOString(),
  batch: batch && toTakenResponse(batch),
});
