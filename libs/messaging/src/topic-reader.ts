import type { KafkaMechanism } from '@app/config';
import { Logger } from '@nestjs/common';
import type kafkajs from 'kafkajs';

import { openKafka } from './kafka-client.js';

/** Topics of somebody else's Kafka, and how to prove there who we are. */
export interface ForeignTopics {
  brokers: string[];
  tls: boolean;
  /** PEM of the authority that signed the brokers' certificates, where it is not one that everybody trusts. */
  ca?: string | undefined;
  sign?: { mechanism: KafkaMechanism; username: string; password: string } | undefined;
  /** Offsets are committed under this name, so that the owner sees how far we are. */
  group: string;
  topics: string[];
}

export interface ForeignMessage {
  offset: bigint;
  /** null: a message without a body. */
  value: Buffer | null;
}

/** Both ends of a partition: what is kept begins at `low`, the next message gets `high`. */
export interface ForeignEnds {
  topic: string;
  partition: number;
  low: bigint;
  high: bigint;
}

/** Who takes the messages, and knows where to go on. */
export interface TopicTaker {
  /** The first offset that was not taken yet; Kafka's own memory of it is only told, never asked. */
  from(topic: string, partition: number): Promise<bigint>;
  /** Nothing more of the partition is fetched before it resolves. */
  take(topic: string, partition: number, messages: ForeignMessage[]): Promise<void>;
}

/** As for our own topics: the least that brokers accept, so that a reader that was killed is forgotten soon. */
const sessionMs = 6_000;
const heartbeatMs = 1_500;
const fetchWaitMs = 500;
const fetchBytesMax = 5_000_000;
const partitionBytesMax = 1_000_000;

/**
 * Reads topics that others own, in the order of each partition. The one reader of its group: whoever makes it sees to
 * that. After a failure it has `ended`, and another one goes on from where the taker says.
 */
export class TopicReader {
  /** Resolves with what went wrong; with undefined after `close`. */
  readonly ended: Promise<Error | undefined>;
  private readonly log = new Logger('topic');
  private readonly end = Promise.withResolvers<Error | undefined>();
  private readonly placed = new Set<string>();
  private readonly kafka: kafkajs.Kafka;
  private readonly consumer: kafkajs.Consumer;
  private admin?: Promise<kafkajs.Admin> | undefined;

  constructor(
    private readonly source: ForeignTopics,
    private readonly taker: TopicTaker,
  ) {
    this.ended = this.end.promise;
    this.kafka = openKafka({ brokers: source.brokers, prefix: '', replication: 0 }, {
      ssl: source.ca === undefined ? source.tls : { ca: [source.ca] },
      sasl: source.sign as kafkajs.SASLOptions | undefined,
    } as Partial<kafkajs.KafkaConfig>);
    this.consumer = this.kafka.consumer({
      groupId: source.group,
      sessionTimeout: sessionMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: fetchWaitMs,
      maxBytes: fetchBytesMax,
      maxBytesPerPartition: partitionBytesMax,
      allowAutoTopicCreation: false,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
    });
  }

  /** Throws when the brokers are away, or a topic is not there. */
  async open(): Promise<void> {
    this.consumer.on('consumer.crash', ({ payload }) => this.end.resolve(payload.error));
    // Whoever joins anew may have lost what was fetched: each partition is placed again.
    this.consumer.on('consumer.group_join', ({ payload }) => {
      this.placed.clear();
      void this.goToPlaces(payload.memberAssignment);
    });
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: this.source.topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.fetched(payload),
    });
  }

  /** Tells the owner how far we are; what fails here is told again with the next one. */
  async commit(topic: string, partition: number, next: bigint): Promise<void> {
    await this.consumer
      .commitOffsets([{ topic, partition, offset: String(next) }])
      .catch((error: Error) => this.log.warn(`${topic} ${partition}: not committed: ${error.message}`));
  }

  pause(topic: string): void {
    this.consumer.pause([{ topic }]);
  }

  resume(topic: string): void {
    this.consumer.resume([{ topic }]);
  }

  async ends(): Promise<ForeignEnds[]> {
    this.admin ??= this.connect();
    try {
      const admin = await this.admin;
      const found = await Promise.all(this.source.topics.map((topic) => admin.fetchTopicOffsets(topic)));
      return found.flatMap((partitions, at) =>
        partitions.map(({ partition, low, high }) => ({
          topic: this.source.topics[at]!,
          partition,
          low: BigInt(low),
          high: BigInt(high),
        })),
      );
    } catch (error) {
      this.admin = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.end.resolve(undefined);
    await this.consumer.disconnect().catch(() => undefined);
    const admin = await this.admin?.catch(() => undefined);
    await admin?.disconnect().catch(() => undefined);
  }

  private async fetched(payload: kafkajs.EachBatchPayload): Promise<void> {
    if (payload.isStale()) return;
    const { batch } = payload;
    const { topic, partition } = batch;
    if (!(await this.isPlaced(topic, partition, BigInt(batch.firstOffset() ?? batch.lastOffset())))) return;
    const messages = batch.messages.map(({ offset, value }) => ({ offset: BigInt(offset), value }));
    await this.taker.take(topic, partition, messages);
    payload.resolveOffset(batch.lastOffset());
    await payload.heartbeat();
  }

  /**
   * Kafka may remember more than was taken, as after a restored database: a partition in which nothing new is said would
   * wait at that place for ever.
   */
  private async goToPlaces(assignment: Record<string, number[]>): Promise<void> {
    const all = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((one) => [topic, one] as const),
    );
    for (const [topic, partition] of all)
      try {
        const from = await this.taker.from(topic, partition);
        if (!this.placed.has(`${topic} ${partition}`)) this.consumer.seek({ topic, partition, offset: String(from) });
      } catch (error) {
        this.end.resolve(error as Error);
      }
  }

  /** The first fetch of a partition is only used when it begins where the taker wants to go on. */
  private async isPlaced(topic: string, partition: number, first: bigint): Promise<boolean> {
    const name = `${topic} ${partition}`;
    if (this.placed.has(name)) return true;
    this.placed.add(name);
    const from = await this.taker.from(topic, partition);
    if (from === first) return true;
    this.consumer.seek({ topic, partition, offset: String(from) });
    return false;
  }

  private async connect(): Promise<kafkajs.Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}
