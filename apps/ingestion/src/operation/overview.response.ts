import type { FlowState } from './flow.rules.js';
import { PauseResponse } from './pause.response.js';
import { RunResponse } from './run.response.js';

/** Deliveries in line. */
export class BacklogResponse {
  batches: number;
  bytes: number;
  oldestReceivedAt: string | null;
  /** How long the oldest has been in line; 0 when nothing is. */
  oldestSeconds: number;
}

/** Rows accounted for, by when their part was committed. */
export class ThroughputResponse {
  lastMinute: number;
  lastHour: number;
  lastDay: number;
}

export class LagResponse {
  /** Newest report date of any row that was taken. */
  newestReportDate: string | null;
  /** Days from then to today. */
  days: number | null;
  lastDeliveryAt: string | null;
  secondsSinceDelivery: number | null;
}

/** How a source is asked, and how that goes. */
export class ConnectionResponse {
  connector: string;
  kind: 'HTTP' | 'TABLE' | 'KAFKA';
  /** Its address is set; without one nobody is asked. */
  setUp: boolean;
  dueAt: string | null;
  endedAt: string | null;
  /** Visits that failed since the last good one. */
  failures: number;
  problem: string | null;
  /** What the source left out, and did not give since. */
  openGaps: number;
}

/** A source's own topic, as it stood at `measuredAt`. */
export class TopicResponse {
  connector: string;
  topic: string;
  partitions: number;
  /** Messages that are in the topic and not in a batch yet. */
  behind: number;
  measuredAt: string;
}

export class FeedOperationResponse {
  feed: string;
  title: string;
  sources: string[];
  state: FlowState;
  /** What holds it, when it is PAUSED. */
  pauses: PauseResponse[];
  backlog: BacklogResponse;
  throughput: ThroughputResponse;
  lag: LagResponse;
  failedLastWeek: number;
  connection: ConnectionResponse | null;
  topic: TopicResponse | null;
}

/** The feeds of one source together; a feed of several sources counts at each. */
export class SourceOperationResponse {
  source: string;
  name: string;
  feeds: number;
  pausedFeeds: number;
  backlog: BacklogResponse;
  throughput: ThroughputResponse;
  lastDeliveryAt: string | null;
  failedLastWeek: number;
}

/** A copy of the service that works on batches. */
export class WorkerResponse {
  id: string;
  startedAt: string;
  seenAt: string;
  /** It was seen in the last twenty seconds. */
  alive: boolean;
  /** Batches that it works on at once. */
  lanes: number;
  /** What it worked on when it was last seen. */
  feeds: string[];
}

export class FailedBatchResponse {
  id: string;
  feed: string;
  reference: string;
  /** Why, as a code and in words. */
  code: string;
  zh: string;
  en: string;
  finishedAt: string;
}

/** How everything flows right now. */
export class OperationResponse {
  asOf: string;
  /** Somebody works on batches. */
  working: boolean;
  /** Facts on their way to the other services; null for sources. Counted up to 10 000. */
  outbox: number | null;
  backlog: BacklogResponse;
  throughput: ThroughputResponse;
  failedLastWeek: number;
  feeds: FeedOperationResponse[];
  sources: SourceOperationResponse[];
  /** Failed in the last week, newest first, at most 20. */
  failed: FailedBatchResponse[];
  /** Empty for sources. */
  workers: WorkerResponse[];
  /** Replays and rebuilds that are proposed or running, and of a week those that somebody still follows; empty for sources. */
  runs: RunResponse[];
}
