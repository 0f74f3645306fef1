import { ApiProperty } from '@nestjs/swagger';

import { type Visit, type VisitStatus, visitStatuses } from './visit.entity.js';

export class VisitResponse {
  id: string;
  grabId: string;
  @ApiProperty({ enum: visitStatuses })
  status: VisitStatus;
  plannedAt: string;
  place: string | null;
  heldAt: string | null;
  /** null for the enterprise: it sees that there was a visit and not what the bank wrote of it. */
  report: string | null;
  attachmentIds: string[];
}

export const toVisitResponse = (visit: Visit, withContent: boolean): VisitResponse => ({
  id: visit.id,
  grabId: visit.grabId,
  status: visit.status,
  plannedAt: visit.plannedAt.toISOString(),
  place: visit.place,
  heldAt: visit.heldAt?.toISOString() ?? null,
  report: withContent ? visit.report : null,
  attachmentIds: withContent ? visit.attachmentIds : [],
});
