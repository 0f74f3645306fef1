import type { DataSource } from 'typeorm';

import type { Message, Partition, Subscription, Work } from './event-bus.js';
import { partitionsPerTopic } from './partition.rules.js';

/** Another copy of the service works on the lane: it will hear everything there, we only look after it now and then. */
const busyMs = 250;

/**
 * A lane that has just caught up is left alone for so long: what comes in meanwhile shares a transaction. Without it a
 * stream of events has a transaction for every two or three of them. The first event after a rest is heard at once.
 */
const gatherMs = 100;
/** One that finds more as soon as its rest is over rests twice as long the next time, up to this: transactions cost, not events. */
const gatherMaxMs = 400;

export interface Head {
  topic: string;
  partition: number;
  position: bigint;
}

/** What a subscription needs of the log. */
export interface EventLog {
  /** The next messages of a lane, oldest first. */
  read(lane: { topic: string; partition: number }, after: bigint, max: number): Promise<Message[]>;
  /** How many messages lie behind these places, as far as it is worth counting. */
  behind(places: readonly Head[]): Promise<number>;
  /** The newest position of every lane of these topics that has any. */
  heads(topics: readonly string[]): Promise<Head[]>;
}

interface Lane {
  topic: string;
  partition: number;
  /** Newest position that was ever told of. */
  head: bigint;
  /** Position up to which the group has heard, as far as we know. */
  heard: bigint;
  running: boolean;
  /** How long it rests after its next turn. */
  restMs: number;
  /** Not before this instant of performance.now(). */
  notBefore: number;
}

const nameOf = (lane: { topic: string; partition: number }): string => `${lane.topic} ${lane.partition}`;

/** One group's way through the log: a cursor row per lane, locked while a copy of the service works on it. */
export class PostgresListening {
  readonly topics: readonly string[];
  readonly group: string;
  private readonly lanes: Map<string, Lane>;
  private readonly table: string;
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  private constructor(
    private readonly bus: EventLog,
    private readonly subscription: Subscription,
  ) {
    this.topics = subscription.topics;
    this.group = subscription.group;
    this.table = `"${schemaOf(subscription.database)}".consumer_cursor`;
    this.lanes = new Map(
      subscription.topics
        .flatMap((topic) => Array.from({ length: partitionsPerTopic }, (_, partition) => ({ topic, partition })))
        .map((lane) => [
          nameOf(lane),
          { ...lane, head: 0n, heard: 0n, running: false, restMs: gatherMs, notBefore: 0 },
        ]),
    );
  }

  /** Makes the cursor rows where they are missing: a new group hears everything that the bus still has. */
  static async open(bus: EventLog, subscription: Subscription): Promise<PostgresListening> {
    const listening = new PostgresListening(bus, subscription);
    await subscription.database.query(
      `insert into ${listening.table} (handler, topic, partition)
       select $1, topic, partition from unnest($2::text[]) topic, generate_series(0, $3 - 1) partition
       on conflict do nothing`,
      [subscription.group, subscription.topics, partitionsPerTopic],
    );
    await listening.refresh();
    return listening;
  }

  /** Takes note of new heads and starts work on the lanes that are behind. */
  tell(heads: Head[]): void {
    for (const head of heads) {
      const lane = this.lanes.get(nameOf(head));
      if (lane && head.position > lane.head) lane.head = head.position;
    }
    this.wake();
  }

  async settled(): Promise<boolean> {
    const heads = await this.bus.heads(this.topics);
    this.tell(heads);
    await this.refresh();
    return heads.every((head) => this.lanes.get(nameOf(head))!.heard >= head.position);
  }

  /** Events that wait; most of the time no lane is behind, and nobody has to be asked. */
  async lag(): Promise<number> {
    const late = [...this.lanes.values()].filter(({ head, heard }) => head > heard);
    if (late.length === 0) return 0;
    return this.bus.behind(late.map(({ topic, partition, heard }) => ({ topic, partition, position: heard })));
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.running);
  }

  private async refresh(): Promise<void> {
    const rows: { topic: string; partition: number; position: string }[] = await this.subscription.database.query(
      `select topic, partition, position from ${this.table} where handler = $1`,
      [this.subscription.group],
    );
    for (const row of rows) {
      const lane = this.lanes.get(nameOf(row));
      if (lane && BigInt(row.position) > lane.heard) lane.heard = BigInt(row.position);
    }
  }

  private wake(): void {
    while (!this.closed && this.running.size < this.subscription.concurrency) {
      const lane = this.nextLane();
      if (!lane) return;
      const run = this.run(lane);
      this.running.add(run);
      void run.finally(() => {
        this.running.delete(run);
        this.wake();
      });
    }
  }

  private nextLane(): Lane | undefined {
    const now = performance.now();
    for (const [name, lane] of this.lanes) {
      if (lane.running || lane.head <= lane.heard || lane.notBefore > now) continue;
      // Last in line for the next turn, so that a busy lane does not starve the others.
      this.lanes.delete(name);
      this.lanes.set(name, lane);
      return lane;
    }
    return undefined;
  }

  /** Never rejects: `work` answers for its own failures, and whatever else happens is tried again. */
  private async run(lane: Lane): Promise<void> {
    lane.running = true;
    const waited = performance.now() - lane.notBefore < gatherMs;
    lane.restMs = waited ? Math.min(2 * lane.restMs, gatherMaxMs) : gatherMs;
    let { restMs } = lane;
    const partition: Partition = {
      topic: lane.topic,
      number: lane.partition,
      take: async (max, work) => {
        const taken = await this.take(lane, max, work);
        restMs = taken === undefined ? busyMs : taken < max ? lane.restMs : 0;
      },
    };
    const pauseMs = await this.subscription.work(partition).catch(() => busyMs);
    lane.running = false;
    this.leaveAlone(lane, Math.max(pauseMs, restMs));
  }

  private leaveAlone(lane: Lane, pauseMs: number): void {
    if (pauseMs <= 0 || this.closed) return;
    lane.notBefore = performance.now() + pauseMs;
    setTimeout(() => this.wake(), pauseMs + 1).unref();
  }

  /** Lease, read, work and move on in one transaction. How many it took; undefined when another copy holds the lease. */
  private async take(lane: Lane, max: number, work: Work): Promise<number | undefined> {
    const { database, group } = this.subscription;
    const place = [group, lane.topic, lane.partition];
    const head = lane.head;
    let taken = 0;
    const reached = await database.transaction(async (tx) => {
      const [cursor]: { position: string }[] = await tx.query(
        `select position from ${this.table} where handler = $1 and topic = $2 and partition = $3
         for update skip locked`,
        place,
      );
      if (!cursor) return undefined;
      const after = BigInt(cursor.position);
      const messages = await this.bus.read(lane, after, max);
      const last = messages.at(-1);
      // Nothing up to a head that was told of: another copy was here, or retention has deleted it.
      if (!last) return after > head ? after : head;
      await work(messages, tx);
      taken = messages.length;
      await tx.query(`update ${this.table} set position = $4 where handler = $1 and topic = $2 and partition = $3`, [
        ...place,
        last.position,
      ]);
      return last.position;
    });
    if (reached !== undefined && reached > lane.heard) lane.heard = reached;
    return reached === undefined ? undefined : taken;
  }
}

/** The service's schema, from its data source's options. */
export const schemaOf = (database: DataSource): string => (database.options as { schema: string }).schema;
