import { type EntryStatus, entryStatuses } from '@app/contracts';
import { ApiProperty } from '@nestjs/swagger';

import type { Entry } from './entry.entity.js';

/** A bank's own entry for a draw, or its place in a line. Nothing in it tells whose need it is. */
export class EntryResponse {
  id: string;
  needId: string;
  @ApiProperty({ enum: entryStatuses })
  status: EntryStatus;
  /** Whole fen. */
  intendedFen: string;
  /** Whose case it becomes. */
  managerId: string;
  enteredAt: string;
  /** Banks before it in the line; null when it does not wait. */
  @ApiProperty({ type: 'integer', nullable: true })
  ahead: number | null;
  /** In which order it was drawn, from 1. */
  @ApiProperty({ type: 'integer', nullable: true })
  drawRank: number | null;
  /** The case that came of it. */
  grabId: string | null;
  endedAt: string | null;
  /** Why it was passed over or closed. */
  reason: string | null;
}

export class EntryPage {
  items: EntryResponse[];
  nextCursor: string | null;
}

export const toEntryResponse = (entry: Entry, ahead: number | null): EntryResponse => ({
  id: entry.id,
  needId: entry.needId,
  status: entry.status,
  intendedFen: String(entry.intendedFen),
  managerId: entry.managerId,
  enteredAt: entry.enteredAt.toISOString(),
  ahead: entry.status === 'WAITING' ? ahead : null,
  drawRank: entry.drawRank,
  grabId: entry.grabId,
  endedAt: entry.endedAt?.toISOString() ?? null,
  reason: entry.reason,
});
