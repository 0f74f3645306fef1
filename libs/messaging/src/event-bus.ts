import type { EventEnvelope } from '@app/contracts';
import type { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** One event as the bus holds it. The content is not checked yet. */
export interface Message {
  /** Grows within a topic and partition, with gaps. */
  position: bigint;
  event: unknown;
}

export type Work = (messages: Message[], tx: EntityManager) => Promise<void>;

/** One ordered lane of a topic that a group has still to hear. */
export interface Partition {
  topic: string;
  number: number;
  /**
   * Runs `work` on up to `max` next messages in a transaction of the subscriber's database and moves on when it has
   * committed. When `work` throws, nothing has happened and the error comes out. Does not call `work` when there is
   * nothing to hear, or when another copy of the service has the lane.
   */
  take(max: number, work: Work): Promise<void>;
}

export interface Subscription {
  /** Copies of a service that subscribe with one group share the lanes; each group hears everything. */
  group: string;
  topics: readonly string[];
  database: DataSource;
  /** Lanes that this process works on at the same time. */
  concurrency: number;
  /** Called while a lane has something to hear; resolves with the milliseconds for which it is to be left alone. */
  work(partition: Partition): Promise<number>;
}

/** A running subscription. */
export interface Listening {
  /** Whether the group has heard all that was published before the call. */
  settled(): Promise<boolean>;
  /** Ends after the work in flight. */
  close(): Promise<void>;
}

/** Rows of an outbox, oldest first. */
export type WaitingRow = { id: string; key: string };

/** Takes rows of a service's outbox over into the bus, all or none, on the connection of the service's relay. */
export type MoveRows = (client: Client, service: string, rows: readonly WaitingRow[]) => Promise<void>;

/**
 * Carries events between services: at least once, in order per key. Drivers: PostgreSQL (a lane is a cursor row), and
 * Kafka (a lane is an assigned partition, `take` is a slice of what was fetched, the offset is committed after it).
 * Each driver passes test/bus-suite.ts.
 */
export interface EventBus {
  /** Resolves when all are kept durably, in the order of the list. Publishing again is allowed: subscribers drop copies. */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  /** How rows of an outbox in that database get here without leaving it; undefined where they have to be carried. */
  moverFrom?(databaseUrl: string): MoveRows | undefined;
  subscribe(subscription: Subscription): Promise<Listening>;
  /** A mark that changes with every publication by anybody. */
  tail(): Promise<string>;
  close(): Promise<void>;
}
