import { ApiProperty } from '@nestjs/swagger';

import type { OverlayEnd } from './overlay.rules.js';
import type { CorrectionStatus } from './propose-overlay.request.js';

/** What one of the two people did. */
export class StepResponse {
  personId: string;
  at: string;
  /** Reason or note. */
  text: string | null;
}

/** A correction that lies over a record; the row of the source stays as it came. */
export class OverlayResponse {
  id: string;
  feed: string;
  recordKey: string;
  uscc: string;
  /** The version that it was made for; it stays over later ones that repeat the same values. */
  version: number;
  status: CorrectionStatus;
  basis: 'SOURCE' | 'ENTERPRISE_REQUEST';
  document: string;
  /** Corrected values by field; null: the field is taken away. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  fields: Record<string, unknown>;
  /** What the source said of the same fields. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  raw: Record<string, unknown>;
  proposed: StepResponse;
  decided: StepResponse | null;
  takingBack: StepResponse | null;
  takenBack: StepResponse | null;
  activeFrom: string | null;
  activeUntil: string | null;
  /** The source's newer version that ended it: other values, a withdrawal, another enterprise. */
  endedBecause: OverlayEnd | null;
  endedByVersion: number | null;
}

export class OverlayPage {
  items: OverlayResponse[];
  nextCursor: string | null;
}

export interface CorrectionRow {
  id: string;
  feed: string;
  record_key: string;
  uscc: string;
  version: number;
  fields: Record<string, unknown>;
  raw: Record<string, unknown>;
  basis: 'SOURCE' | 'ENTERPRISE_REQUEST';
  reason: string;
  document: string;
  status: CorrectionStatus;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_note: string | null;
  back_reason: string | null;
  back_proposed_by: string | null;
  back_proposed_at: Date | null;
  back_decided_by: string | null;
  back_decided_at: Date | null;
  back_note: string | null;
  active_from: Date | null;
  active_until: Date | null;
  ended_because: OverlayEnd | null;
  ended_by_version: number | null;
}

const step = (personId: string | null, at: Date | null, text: string | null): StepResponse | null =>
  personId === null || at === null ? null : { personId, at: at.toISOString(), text };

export const toOverlayResponse = (row: CorrectionRow): OverlayResponse => ({
  id: row.id,
  feed: row.feed,
  recordKey: row.record_key,
  uscc: row.uscc,
  version: row.version,
  status: row.status,
  basis: row.basis,
  document: row.document,
  fields: row.fields,
  raw: row.raw,
  proposed: { personId: row.proposed_by, at: row.proposed_at.toISOString(), text: row.reason },
  decided: step(row.decided_by, row.decided_at, row.decision_note),
  takingBack: step(row.back_proposed_by, row.back_proposed_at, row.back_reason),
  takenBack: step(row.back_decided_by, row.back_decided_at, row.back_note),
  activeFrom: row.active_from?.toISOString() ?? null,
  activeUntil: row.active_until?.toISOString() ?? null,
  endedBecause: row.ended_because,
  endedByVersion: row.ended_by_version,
});
