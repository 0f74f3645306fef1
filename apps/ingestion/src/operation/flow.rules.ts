export type FlowState = 'PAUSED' | 'WORKING' | 'RETRYING' | 'WAITING' | 'IDLE';

/** What is known of a feed at one moment. */
export interface FlowFacts {
  paused: boolean;
  /** Some copy of the service holds the feed's lock. */
  working: boolean;
  /** The first in line failed at least once and is tried again. */
  retrying: boolean;
  batches: number;
}

/** The one word for a feed: what a person has to know first. */
export function flowStateOf({ paused, working, retrying, batches }: FlowFacts): FlowState {
  if (paused) return 'PAUSED';
  if (batches === 0) return 'IDLE';
  if (retrying) return 'RETRYING';
  return working ? 'WORKING' : 'WAITING';
}

export interface Backlog {
  batches: number;
  bytes: number;
  oldestReceivedAt: string | null;
  oldestSeconds: number;
}

export interface Throughput {
  lastMinute: number;
  lastHour: number;
  lastDay: number;
}

export interface Flow {
  backlog: Backlog;
  throughput: Throughput;
  failedLastWeek: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Several feeds together. */
export function togetherOf(flows: readonly Flow[]): Flow {
  const waiting = flows.map(({ backlog }) => backlog);
  const rows = flows.map(({ throughput }) => throughput);
  const oldest = waiting.map(({ oldestReceivedAt }) => oldestReceivedAt).filter((at) => at !== null);
  return {
    backlog: {
      batches: sum(waiting.map(({ batches }) => batches)),
      bytes: sum(waiting.map(({ bytes }) => bytes)),
      oldestReceivedAt: oldest.toSorted()[0] ?? null,
      oldestSeconds: Math.max(0, ...waiting.map(({ oldestSeconds }) => oldestSeconds)),
    },
    throughput: {
      lastMinute: sum(rows.map(({ lastMinute }) => lastMinute)),
      lastHour: sum(rows.map(({ lastHour }) => lastHour)),
      lastDay: sum(rows.map(({ lastDay }) => lastDay)),
    },
    failedLastWeek: sum(flows.map(({ failedLastWeek }) => failedLastWeek)),
  };
}
