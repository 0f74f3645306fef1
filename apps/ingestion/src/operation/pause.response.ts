import type { PauseScope } from './pause-flow.request.js';

/** A pause that holds now. */
export class PauseResponse {
  scope: 'FEED' | 'SOURCE';
  name: string;
  reason: string;
  /** The operator's id; null for whoever is not an operator or a regulator. */
  pausedBy: string | null;
  pausedAt: string;
  /** The feeds that rest because of it. */
  feeds: string[];
}

export class PauseList {
  pauses: PauseResponse[];
}

export class ResumptionResponse {
  scope: 'FEED' | 'SOURCE';
  name: string;
  /** Of the feeds that it had held, those that another pause still holds. */
  stillPaused: string[];
}

export interface PauseRow {
  scope: PauseScope;
  name: string;
  reason: string;
  paused_by: string;
  paused_at: Date;
  feeds: string[];
}

/** A source learns why and since when it waits, not which person decided it. */
export const toPauseResponse = (row: PauseRow, { showPerson }: { showPerson: boolean }): PauseResponse => ({
  scope: row.scope,
  name: row.name,
  reason: row.reason,
  pausedBy: showPerson ? row.paused_by : null,
  pausedAt: row.paused_at.toISOString(),
  feeds: row.feeds,
});
