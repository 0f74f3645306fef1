import { ApiProperty } from '@nestjs/swagger';

import type { LimitChange, LimitChangeStatus } from './limit-change.entity.js';

export class LimitChangeResponse {
  id: string;
  /** Name of the parameter. */
  what: string;
  /** A whole number, true or false, or a string of whole fen. */
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string' }] })
  value: number | boolean | string;
  effectiveFrom: string;
  /** Where the value comes from; a design value is a guess to be confirmed. */
  source: string;
  reason: string;
  @ApiProperty({ enum: ['PENDING', 'APPROVED', 'REJECTED'] })
  status: LimitChangeStatus;
  /** Order of approval; null while nobody has approved it. */
  version: number | null;
  /** Person who proposed it; null for the first values. */
  proposedBy: string | null;
  proposedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionNote: string | null;
}

export class LimitsResponse {
  /** Version that names the whole set in force; each grab keeps the one that it was decided under. */
  version: number;
  /** The value of each parameter now. */
  inForce: LimitChangeResponse[];
  /** Waiting for a second operator, or approved for later. */
  planned: LimitChangeResponse[];
  /** Values that were replaced, and rejected changes: the latest hundred. */
  history: LimitChangeResponse[];
}

export const toLimitChangeResponse = (change: LimitChange): LimitChangeResponse => ({
  id: change.id,
  what: change.what,
  value: change.value,
  effectiveFrom: change.effectiveFrom.toISOString(),
  source: change.source,
  reason: change.reason,
  status: change.status,
  version: change.version,
  proposedBy: change.proposedBy,
  proposedAt: change.proposedAt.toISOString(),
  decidedBy: change.decidedBy,
  decidedAt: change.decidedAt?.toISOString() ?? null,
  decisionNote: change.decisionNote,
});
