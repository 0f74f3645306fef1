import { ApiProperty } from '@nestjs/swagger';

import type { LimitChange, LimitChangeStatus } from './limit-change.entity.js';
import type { LimitStart } from './limit-start.driver.js';
import { everywhere, type Policy } from './limit.rules.js';

/** Where an override holds; all null for a value of the whole market. */
export class LimitScopeResponse {
  institutionId: string | null;
  productId: string | null;
  district: string | null;
  /** Grade of a bank's service: A to D. */
  grade: string | null;
}

/** What lay above a planned limit when it came into force: kept, and not added to until it is within the limit. */
export class HeldAboveResponse {
  /** The limit that lies below; for a switch the limits that it turned on. */
  what: string;
  limit: number;
  /** The most that any one held then. */
  granted: number;
  /** How many needs, institutions or account managers held more than the limit. */
  holders: number;
}

export class LimitChangeResponse {
  id: string;
  /** Name of the parameter. */
  what: string;
  /** A whole number, true or false, or a string of whole fen; null when it ends an override. */
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string' }], nullable: true })
  value: number | boolean | string | null;
  scope: LimitScopeResponse;
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
  /** When its coming into force was looked at; null before. */
  startedAt: string | null;
  /** What was granted above it by then; empty when nothing was, and before it is in force. */
  above: HeldAboveResponse[];
}

export class LimitsResponse {
  /** Version that names the whole set in force; each grab keeps the one that it was decided under. */
  version: number;
  /** The last day whose holidays are known: working days after it are counted by weekends only. */
  calendarKnownTo: string;
  /** The value of each parameter now, for the whole market. */
  inForce: LimitChangeResponse[];
  /** Overrides in force: the most specific one wins (a named bank; product and district; product; district; grade). */
  overrides: LimitChangeResponse[];
  /** Waiting for a second operator, or approved for later. */
  planned: LimitChangeResponse[];
  /** Values that were replaced, and rejected changes: the latest hundred. */
  history: LimitChangeResponse[];
}

export const toLimitChangeResponse = (change: LimitChange, start?: LimitStart): LimitChangeResponse => ({
  id: change.id,
  what: change.what,
  value: change.value,
  scope: {
    institutionId: change.institutionId,
    productId: change.productId,
    district: change.district,
    grade: change.grade,
  },
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
  startedAt: start?.at.toISOString() ?? null,
  above: (start?.above ?? []).map(({ what, limit, granted, holders }) => ({ what, limit, granted, holders })),
});

/** One value as it applies to a need and a bank, and the change that it comes from. */
export class AppliedLimitResponse {
  what: string;
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string' }] })
  value: number | boolean | string;
  /** Version of the change that set it. */
  version: number;
  scope: LimitScopeResponse;
  /**
   * What the need holds of it, for operators; null otherwise. More than the value where the limit was lowered later: then
   * this is what holds for the need, nothing is taken back and nothing added.
   */
  granted: number | null;
}

export class AppliedLimitsResponse {
  /** Names the whole set: send it with a grab to be refused when it has changed. */
  version: number;
  needId: string;
  items: AppliedLimitResponse[];
}

/** What a need holds of the limits that bound it; nothing for who may not know. */
export type HeldByNeed = Partial<Record<string, number>>;

export const toAppliedLimitsResponse = (
  needId: string,
  { version, applied }: Policy,
  held: HeldByNeed = {},
): AppliedLimitsResponse => ({
  version,
  needId,
  items: [...applied.values()]
    .toSorted((a, b) => (a.what < b.what ? -1 : 1))
    .map(({ what, value, version: set, scope = everywhere }) => ({
      what,
      value: value as number | boolean | string,
      version: set,
      scope: {
        institutionId: scope.institution,
        productId: scope.product,
        district: scope.district,
        grade: scope.grade,
      },
      granted: held[what] ?? null,
    })),
});
