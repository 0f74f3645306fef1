/** A code that passes although its check character is wrong. */
export class AllowedCodeResponse {
  uscc: string;
  reason: string;
  addedBy: string;
  addedAt: string;
  state: 'IN_FORCE' | 'ENDED';
  endedBy: string | null;
  endedAt: string | null;
  endReason: string | null;
}

export class AllowedCodePage {
  items: AllowedCodeResponse[];
  nextCursor: string | null;
}

export interface AllowedCodeRow {
  number: string;
  uscc: string;
  reason: string;
  added_by: string;
  added_at: Date;
  ended_by: string | null;
  ended_at: Date | null;
  end_reason: string | null;
}

export const toAllowedCodeResponse = (row: AllowedCodeRow): AllowedCodeResponse => ({
  uscc: row.uscc,
  reason: row.reason,
  addedBy: row.added_by,
  addedAt: row.added_at.toISOString(),
  state: row.ended_at ? 'ENDED' : 'IN_FORCE',
  endedBy: row.ended_by,
  endedAt: row.ended_at?.toISOString() ?? null,
  endReason: row.end_reason,
});
