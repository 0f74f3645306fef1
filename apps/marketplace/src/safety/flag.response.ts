import type { Evidence, FlagKind, FlagState } from './flag.rules.js';

export interface FlagRow {
  id: string;
  kind: FlagKind;
  subject: string;
  evidence: Evidence;
  state: FlagState;
  raised_at: Date;
  seen_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string | null;
}

export class FlagFigureResponse {
  name: string;
  value: string;
}

export class FlagResponse {
  id: string;
  kind: FlagKind;
  /** Codes of the banks that it is about. */
  institutions: string[];
  /** Ids of the grabs or needs that show it; no enterprise is named. */
  ids: string[];
  figures: FlagFigureResponse[];
  state: FlagState;
  raisedAt: Date;
  /** When it was last seen to hold. */
  seenAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  note: string | null;
}

export class FlagPage {
  items: FlagResponse[];
  nextCursor: string | null;
}

export const toFlagResponse = (row: FlagRow): FlagResponse => ({
  id: row.id,
  kind: row.kind,
  institutions: row.evidence.institutions,
  ids: row.evidence.ids,
  figures: Object.entries(row.evidence.figures).map(([name, value]) => ({ name, value: String(value) })),
  state: row.state,
  raisedAt: row.raised_at,
  seenAt: row.seen_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  note: row.note,
});
