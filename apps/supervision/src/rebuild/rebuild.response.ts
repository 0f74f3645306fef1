export interface RebuildRow {
  id: string;
  status: 'REQUESTED' | 'DONE';
  reason: string;
  requestedAt: Date;
  doneAt: Date | null;
  facts: string | null;
}

export class RebuildResponse {
  id: string;
  status: 'REQUESTED' | 'DONE';
  reason: string;
  requestedAt: Date;
  doneAt: Date | null;
  /** Acts that were counted. */
  facts: number | null;
}

export class RebuildPage {
  items: RebuildResponse[];
  nextCursor: string | null;
}

export const toRebuildResponse = (row: RebuildRow): RebuildResponse => ({
  id: row.id,
  status: row.status,
  reason: row.reason,
  requestedAt: row.requestedAt,
  doneAt: row.doneAt,
  facts: row.facts === null ? null : Number(row.facts),
});
