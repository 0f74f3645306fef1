import { setTimeout as pause } from 'node:timers/promises';

import { Logger } from '@nestjs/common';
import type kafkajs from 'kafkajs';

import { fromCloudEvent } from './cloud-event.js';
import type { Listening, Subscription, Work } from './event-bus.js';
import { KafkaCommits } from './kafka-commits.js';
import { append, type Lane, KafkaLanes, laneName, moveTo } from './kafka-lanes.js';
import type { KafkaTopics } from './kafka-topics.js';

/** A copy that died is noticed after so long; it is also the least that brokers accept. */
const sessionMs = 6_000;
const heartbeatMs = 1_500;
/** How long the others wait for a copy that is busy while the lanes are dealt anew. */
const rebalanceMs = 15_000;
/** A fetch waits so long for the first event; leaving a group takes as long. */
const fetchWaitMs = 500;
const fetchBytesMax = 5_000_000;
const laneBytesMax = 500_000;
/** A lane with so much in hand is not fetched until it is nearly worked off: a slow consumer holds no more than that. */
const waitingHigh = 1_000;
const waitingLow = 200;
/** After a failure of the bus itself. */
const rejoinMs = 500;
const failedMs = 250;
const leavePatienceMs = 10_000;

/**
 * One group's way through Kafka. kafkajs fetches into lanes and keeps the membership; the work is done here, a few
 * lanes at a time, so that a slow or poisoned lane stops nobody else. An offset is committed after the work's
 * transaction; what is heard twice after a crash or a rebalance, inboxes know.
 */
export class KafkaListening implements Listening {
  readonly group: string;
  private readonly log = new Logger('bus');
  private readonly lanes = new KafkaLanes();
  private readonly running = new Set<Promise<void>>();
  private readonly commits: KafkaCommits;
  private readonly ending = Promise.withResolvers<void>();
  private readonly topicOf: Map<string, string>;
  private consumer?: kafkajs.Consumer;
  private living?: Promise<void>;
  /** The lanes are being dealt anew, or we are about to leave: nothing more is begun. */
  private suspended = true;
  private closed = false;

  constructor(
    private readonly kafka: kafkajs.Kafka,
    private readonly topics: KafkaTopics,
    private readonly subscription: Subscription,
  ) {
    this.group = subscription.group;
    this.topicOf = new Map(subscription.topics.map((topic) => [topics.nameOf(topic), topic]));
    this.commits = new KafkaCommits((offsets) => this.commit(offsets));
  }

  /**
   * Nobody waits for the group: a service answers requests although Kafka is away, or still waits for the farewell of a
   * copy that was killed, and hears as soon as it has its lanes.
   */
  open(): void {
    this.living = this.live();
  }

  async settled(): Promise<boolean> {
    if (this.suspended || this.running.size > 0 || this.lanes.all().some(({ waiting }) => waiting.length > 0))
      return false;
    await this.commits.flush();
    const { group, topics } = this.subscription;
    // Ends first: what comes while we ask is not asked for.
    const ends = await this.topics.ends(topics);
    const committed = await this.topics.committed(group, topics);
    return ends.every(
      ({ topic, partition, low, high }) => high === low || (committed.get(laneName(topic, partition)) ?? 0n) >= high,
    );
  }

  /** Events that the group has not heard yet in our lanes, fetched or not: what waits here is only the first of them. */
  async lag(): Promise<number> {
    if (this.lanes.all().length === 0) return 0;
    const { group, topics } = this.subscription;
    const [ends, committed] = await Promise.all([this.topics.ends(topics), this.topics.committed(group, topics)]);
    const behind = ends.map(({ topic, partition, low, high }) => {
      const lane = this.lanes.get(topic, partition);
      if (!lane) return 0n;
      // What is heard may not be committed yet, and what is committed may be forgotten by the log already.
      const heard = [lane.heard, committed.get(laneName(topic, partition)) ?? 0n, low];
      return high - heard.reduce((most, place) => (place > most ? place : most));
    });
    return Number(behind.reduce((sum, count) => (count > 0n ? sum + count : sum), 0n));
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.suspended = true;
    await Promise.all(this.running);
    await Promise.race([this.commits.flush(), pause(leavePatienceMs, undefined, { ref: false })]);
    this.commits.close();
    this.ending.resolve();
    await Promise.race([this.living, pause(leavePatienceMs, undefined, { ref: false })]);
  }

  /** Joins, and joins again whenever the client gives up. */
  private async live(): Promise<void> {
    while (!this.closed) {
      const failure = await this.member().catch((error: Error) => error);
      this.suspended = true;
      if (this.closed) return;
      this.log.warn(`${this.subscription.group} joins again: ${failure?.message}`);
      await pause(rejoinMs, undefined, { ref: false });
    }
  }

  /** One membership, from joining to leaving or falling out; why it ended. */
  private async member(): Promise<Error | undefined> {
    await this.topics.ensure(this.subscription.topics);
    const consumer = this.makeConsumer();
    this.consumer = consumer;
    const crashed = new Promise<Error>((done) => consumer.on('consumer.crash', ({ payload }) => done(payload.error)));
    consumer.on('consumer.group_join', ({ payload }) => this.assign(payload.memberAssignment));
    consumer.on('consumer.rebalancing', () => void (this.suspended = true));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.topicOf.keys()], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: async (payload) => this.fetched(payload),
      });
      return (await Promise.race([crashed, this.ending.promise])) ?? undefined;
    } finally {
      await consumer.disconnect().catch(() => undefined);
    }
  }

  private makeConsumer(): kafkajs.Consumer {
    return this.kafka.consumer({
      groupId: this.topics.nameOf(this.subscription.group),
      sessionTimeout: sessionMs,
      heartbeatInterval: heartbeatMs,
      rebalanceTimeout: rebalanceMs,
      maxWaitTimeInMs: fetchWaitMs,
      maxBytes: fetchBytesMax,
      maxBytesPerPartition: laneBytesMax,
      allowAutoTopicCreation: false,
      // When it gives up we start a new one: its own restart keeps what may have gone wrong.
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
    });
  }

  private assign(assignment: kafkajs.IMemberAssignment): void {
    const assigned = Object.entries(assignment).flatMap(([name, partitions]) =>
      partitions.map((partition) => ({ topic: this.topicOf.get(name)!, partition })),
    );
    this.lanes.assign(assigned);
    // Of what is heard but perhaps not committed; other lanes are others' now.
    this.commits.restart(this.lanes.all());
    this.consumer?.resume([...this.topicOf.keys()].map((topic) => ({ topic })));
    if (!this.closed) this.suspended = false;
  }

  private fetched(payload: kafkajs.EachBatchPayload): void {
    const { batch } = payload;
    const lane = this.lanes.get(this.topicOf.get(batch.topic)!, batch.partition);
    if (!lane) return;
    const messages = batch.messages.map(({ offset, value }) => ({
      position: BigInt(offset),
      event: fromCloudEvent(value),
    }));
    append(lane, messages, BigInt(batch.highWatermark));
    payload.resolveOffset(batch.lastOffset());
    // Heard before, but Kafka does not know.
    if (lane.heard > BigInt(batch.lastOffset())) this.commits.add(lane);
    if (lane.waiting.length > waitingHigh && !lane.paused) {
      lane.paused = true;
      payload.pause();
    }
    this.wake();
  }

  private wake(): void {
    while (!this.suspended && this.running.size < this.subscription.concurrency) {
      const lane = this.lanes.next();
      if (!lane) return;
      const run = this.run(lane);
      this.running.add(run);
      void run.finally(() => {
        this.running.delete(run);
        this.wake();
      });
    }
  }

  /** Never rejects: `work` answers for its own failures, and whatever else happens is tried again. */
  private async run(lane: Lane): Promise<void> {
    lane.running = true;
    const pauseMs = await this.subscription
      .work({
        topic: lane.topic,
        number: lane.partition,
        take: (max, work) => this.take(lane, max, work),
      })
      .catch(() => failedMs);
    lane.running = false;
    if (pauseMs <= 0) return;
    lane.notBefore = performance.now() + pauseMs;
    setTimeout(() => this.wake(), pauseMs + 1).unref();
  }

  private async take(lane: Lane, max: number, work: Work): Promise<void> {
    const messages = lane.waiting.slice(0, max);
    const last = messages.at(-1);
    if (!last) return;
    await this.subscription.database.transaction((tx) => work(messages, tx));
    moveTo(lane, last.position + 1n);
    // The lanes may have been dealt anew meanwhile: another's is left to its owner.
    if (this.lanes.get(lane.topic, lane.partition) !== lane) return;
    this.commits.add(lane);
    if (lane.paused && lane.waiting.length < waitingLow) {
      lane.paused = false;
      this.consumer?.resume([{ topic: this.topics.nameOf(lane.topic), partitions: [lane.partition] }]);
    }
  }

  private async commit(lanes: { topic: string; partition: number; heard: bigint }[]): Promise<void> {
    if (this.suspended && !this.closed) throw new Error('the lanes are being dealt anew');
    await this.consumer?.commitOffsets(
      lanes.map(({ topic, partition, heard }) => ({
        topic: this.topics.nameOf(topic),
        partition,
        offset: String(heard),
      })),
    );
  }
}
