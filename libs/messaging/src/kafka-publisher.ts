import { setTimeout as pause } from 'node:timers/promises';

import { Logger } from '@nestjs/common';
import kafkajs from 'kafkajs';

import { BusClosed } from './messaging.error.js';

/** One message on its way to a topic, by its full name. */
export interface Post {
  topic: string;
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** What of a kafkajs producer is used. */
export type Producing = Pick<kafkajs.Producer, 'connect' | 'sendBatch' | 'disconnect'>;

/** A request well below the megabyte that brokers take by default. */
const requestBytesMax = 500_000;
const reconnectMs = 500;
const leaveMs = 3_000;
/** The broker and the producer no longer agree where they are: only a producer with a new identity can go on. */
const lostPlace = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);

/**
 * Writes to Kafka through one idempotent producer, **one request at a time**: with several under way kafkajs loses,
 * doubles and reorders acknowledged messages when a connection is cut between the append and the answer. The same
 * request is repeated until it is answered, however long Kafka is away.
 */
export class KafkaPublisher {
  private readonly log = new Logger('bus');
  private readonly closing = Promise.withResolvers<never>();
  private turn: Promise<unknown> = Promise.resolve();
  private producer: Producing | undefined;
  private closed = false;

  constructor(private readonly makeProducer: () => Producing) {
    this.closing.promise.catch(() => undefined);
  }

  /** Resolves when Kafka has all of them, in the order of the list. Rejects with BusClosed when it is closed before. */
  publish(posts: readonly Post[]): Promise<void> {
    const mine = this.turn.then(() => this.sendAll(posts));
    this.turn = mine.catch(() => undefined);
    return Promise.race([mine, this.closing.promise]);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.closing.reject(new BusClosed());
    await this.drop();
  }

  private async sendAll(posts: readonly Post[]): Promise<void> {
    for (const part of partsOf(posts)) await this.send(part);
  }

  private async send(part: Post[]): Promise<void> {
    for (let fresh = false; ; fresh = true) {
      const producer = await this.open();
      try {
        await producer.sendBatch({ acks: -1, topicMessages: byTopic(part) });
        return;
      } catch (error) {
        // Whether it was written is unknown: whoever publishes it again makes a copy, which inboxes know by its id.
        await this.drop();
        if (fresh || !lostPlace.has((error as { type?: string }).type ?? '')) throw error;
        this.log.warn(`a fresh producer is needed: ${(error as Error).message}`);
      }
    }
  }

  private async open(): Promise<Producing> {
    for (;;) {
      if (this.closed) throw new BusClosed();
      if (this.producer) return this.producer;
      const producer = this.makeProducer();
      try {
        await producer.connect();
        this.producer = producer;
      } catch (error) {
        this.log.warn(`cannot reach Kafka: ${(error as Error).message}`);
        await leave(producer);
        await pause(reconnectMs, undefined, { ref: false });
      }
    }
  }

  private async drop(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    if (producer) await leave(producer);
  }
}

/** An idempotent producer that never gives up on a request that may yet succeed. */
export const idempotentProducer = (kafka: kafkajs.Kafka): Producing =>
  kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // Places keys as every other client of Kafka does.
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    retry: { retries: Number.MAX_SAFE_INTEGER, initialRetryTime: 50, maxRetryTime: 1_000 },
  });

/** Says farewell, but does not wait for a broker that is gone. */
async function leave(producer: Producing): Promise<void> {
  await Promise.race([producer.disconnect().catch(() => undefined), pause(leaveMs, undefined, { ref: false })]);
}

/** Cuts a list into requests; a single message may be larger than a request should be. */
function* partsOf(posts: readonly Post[]): Generator<Post[]> {
  let part: Post[] = [];
  let bytes = 0;
  for (const post of posts) {
    const size = Buffer.byteLength(post.value) + post.key.length;
    if (part.length > 0 && bytes + size > requestBytesMax) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(post);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

function byTopic(posts: Post[]): kafkajs.TopicMessages[] {
  const topics = new Map<string, kafkajs.Message[]>();
  for (const { topic, key, value, headers } of posts) {
    const messages = topics.get(topic) ?? [];
    messages.push({ key, value, headers });
    topics.set(topic, messages);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
