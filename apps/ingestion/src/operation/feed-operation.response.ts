import { type Day, day, daysBetween, dayOf } from '@app/kernel';

import { flowStateOf } from './flow.rules.js';
import type {
  ConnectionResponse,
  FailedBatchResponse,
  FeedOperationResponse,
  LagResponse,
  TopicResponse,
  WorkerResponse,
} from './overview.response.js';
import type { PauseResponse } from './pause.response.js';

export interface FlowRow {
  feed: string;
  title: string;
  sources: string[];
  batches: number;
  bytes: string;
  since: Date | null;
  retrying: boolean;
  working: boolean;
  minute: string;
  hour: string;
  day: string;
  failed: number;
  open_gaps: number;
  newest: string | null;
  last_delivery_at: Date | null;
  topic: string | null;
  partitions: number | null;
  behind: string | null;
  measured_at: Date | null;
  due_at: Date | null;
  ended_at: Date | null;
  failures: number;
  problem: string | null;
}

export interface Connection {
  connector: string;
  kind: 'HTTP' | 'TABLE' | 'KAFKA';
  setUp: boolean;
}

export interface FlowContext {
  now: Date;
  pauses: PauseResponse[];
  connection: Connection | undefined;
}

const secondsSince = (at: Date, now: Date): number => Math.max(0, Math.round((now.getTime() - at.getTime()) / 1_000));

export const toFeedOperationResponse = (
  row: FlowRow,
  { now, pauses, connection }: FlowContext,
): FeedOperationResponse => ({
  feed: row.feed,
  title: row.title,
  sources: row.sources,
  state: flowStateOf({ ...row, paused: pauses.length > 0 }),
  pauses,
  backlog: {
    batches: row.batches,
    bytes: Number(row.bytes),
    oldestReceivedAt: row.since?.toISOString() ?? null,
    oldestSeconds: row.since ? secondsSince(row.since, now) : 0,
  },
  throughput: { lastMinute: Number(row.minute), lastHour: Number(row.hour), lastDay: Number(row.day) },
  lag: toLagResponse(row, now),
  failedLastWeek: row.failed,
  connection: connection ? toConnectionResponse(row, connection) : null,
  topic: connection && row.topic !== null ? toTopicResponse(row, connection) : null,
});

const toTopicResponse = (row: FlowRow, { connector }: Connection): TopicResponse => ({
  connector,
  topic: row.topic!,
  partitions: row.partitions!,
  behind: Number(row.behind),
  measuredAt: row.measured_at!.toISOString(),
});

const toLagResponse = ({ newest, last_delivery_at: last }: FlowRow, now: Date): LagResponse => ({
  newestReportDate: newest,
  days: newest === null ? null : daysBetween(day(newest), dayOf(now) satisfies Day),
  lastDeliveryAt: last?.toISOString() ?? null,
  secondsSinceDelivery: last ? secondsSince(last, now) : null,
});

const toConnectionResponse = (row: FlowRow, { connector, kind, setUp }: Connection): ConnectionResponse => ({
  connector,
  kind,
  setUp,
  dueAt: row.due_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  failures: row.failures,
  problem: row.problem,
  openGaps: row.open_gaps,
});

export interface WorkerRow {
  id: string;
  started_at: Date;
  seen_at: Date;
  alive: boolean;
  lanes: number;
  feeds: string[];
}

export const toWorkerResponse = (row: WorkerRow): WorkerResponse => ({
  id: row.id,
  startedAt: row.started_at.toISOString(),
  seenAt: row.seen_at.toISOString(),
  alive: row.alive,
  lanes: row.lanes,
  feeds: row.feeds,
});

export interface FailedRow {
  id: string;
  feed: string;
  reference: string;
  problem: { code: string; zh: string; en: string };
  finished_at: Date;
}

export const toFailedBatchResponse = (row: FailedRow): FailedBatchResponse => ({
  id: row.id,
  feed: row.feed,
  reference: row.reference,
  code: row.problem.code,
  zh: row.problem.zh,
  en: row.problem.en,
  finishedAt: row.finished_at.toISOString(),
});
