import { ApiProperty } from '@nestjs/swagger';

import type { LimitChange, LimitChangeStatus } from './limit-change.entity.js';
import { everywhere, type Policy } from './limit.rules.js';

/** Where an override holds; all null for a value of the whole market. */
export class LimitScopeResponse {
  institutionId: string | null;
  productId: string | null;
  district: string | null;
  /** Grade of a bank's service: A to D. */
  grade: string | null;
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
}

export class LimitsResponse {
  /** Version that names the whole set in force; each grab keeps the one that it was decided under. */
  version: number;
  /** The value of each parameter now, for the whole market. */
  inForce: LimitChangeResponse[];
  /** Overrides in force: the most specific one wins (a named bank; product and district; product; district; grade). */
  overrides: LimitChangeResponse[];
  /** Waiting for a second operator, or approved for later. */
  planned: LimitChangeResponse[];
  /** Values that were replaced, and rejected changes: the latest hundred. */
  history: LimitChangeResponse[];
}

export const toLimitChangeResponse = (change: LimitChange): LimitChangeResponse => ({
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
});

/** One value as it applies to a need and a bank, and the change that it comes from. */
export class AppliedLimitResponse {
  what: string;
  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string' }] })
  value: number | boolean | string;
  /** Version of the change that set it. */
  version: number;
  scope: LimitScopeResponse;
}

export class AppliedLimitsResponse {
  /** Names the whole set: send it with a grab to be refused when it has changed. */
  version: number;
  needId: string;
  items: AppliedLimitResponse[];
}

export const toAppliedLimitsResponse = (needId: string, { version, applied }: Policy): AppliedLimitsResponse => ({
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
    })),
});
