import { ApiProperty } from '@nestjs/swagger';

import type { HeadroomSubject } from './headroom.rules.js';

const subjects = ['INSTITUTION', 'MANAGER', 'NEED'] as const;

/** A limit that was nearly used up. */
export class AlertResponse {
  id: string;
  at: string;
  @ApiProperty({ enum: subjects })
  subject: HeadroomSubject;
  subjectId: string;
  /** Name of the limit. */
  what: string;
  thresholdBp: number;
  /** What was used when the threshold was crossed, and of how much: counts, or whole fen. */
  used: string;
  limit: string;
  limitVersion: number;
  /** When it fell below the threshold again; null while it stands. */
  clearedAt: string | null;
}

export class AlertPage {
  items: AlertResponse[];
  nextCursor: string | null;
}

export interface AlertRow {
  id: string;
  at: Date;
  subject: HeadroomSubject;
  subjectId: string;
  what: string;
  thresholdBp: number;
  used: string;
  limit: string;
  limitVersion: number;
  clearedAt: Date | null;
}

export const toAlertResponse = (row: AlertRow): AlertResponse => ({
  id: row.id,
  at: row.at.toISOString(),
  subject: row.subject,
  subjectId: row.subjectId,
  what: row.what,
  thresholdBp: row.thresholdBp,
  used: row.used,
  limit: row.limit,
  limitVersion: row.limitVersion,
  clearedAt: row.clearedAt?.toISOString() ?? null,
});
