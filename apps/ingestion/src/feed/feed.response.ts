import type { Basis } from '../contract/contract.rules.js';

/** One feed: its contract in short, how fresh it is, how much came, and how good it was. */
export class FeedResponse {
  feed: string;
  title: string;
  /** Code of the organisation that owns it; `sources` are all that may deliver. */
  source: string;
  sources: string[];
  sourceName: string;
  basis: Basis;
  contractVersion: string;
  allowedUse: string;
  /** The newest report date may be so many days old. */
  freshnessDays: number;
  /** PROMISED: the contract is there, and nothing was delivered under it yet. */
  state: 'PROMISED' | 'DELIVERING';
  /** Newest report date of an accepted or confirmed row; null before the first. */
  newestReportDate: string | null;
  /** Days since then; null before the first. */
  ageDays: number | null;
  fresh: boolean;
  lastReceivedAt: string | null;
  batches: number;
  failedBatches: number;
  /** Records in force. */
  records: number;
  read: number;
  accepted: number;
  unchanged: number;
  stale: number;
  quarantined: number;
  refused: number;
  /** Basis points of the rows read that were not set aside; null before the first row. */
  qualityBp: number | null;
}

export class FeedList {
  items: FeedResponse[];
  nextCursor: string | null;
}

export interface FeedTotals {
  feed: string;
  newest: string | null;
  last_received_at: Date | null;
  batches: string;
  failed: string;
  records: string;
  read: string;
  accepted: string;
  unchanged: string;
  stale: string;
  quarantined: string;
  refused: string;
}
