import kafkajs, { type Admin, type Producer } from 'kafkajs';

import { topicOf } from './way.js';

const { CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs;

/** As many as show that places are kept for each. */
const partitions = 2;

/** The Kafka of departments that tell row by row: one topic a feed, made when it is not there. */
export class SourceTopics {
  private turn = 0;

  private constructor(
    private readonly admin: Admin,
    private readonly producer: Producer,
  ) {}

  static async open(brokers: string, feeds: readonly string[]): Promise<SourceTopics> {
    const list = brokers.split(',').map((address) => address.trim());
    const kafka = new Kafka({ clientId: 'city', brokers: list, logLevel: logLevel.NOTHING });
    const [admin, producer] = [
      kafka.admin(),
      kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true, maxInFlightRequests: 1 }),
    ];
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const missing = feeds.map(topicOf).filter((topic) => !there.has(topic));
    const topics = missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: 1 }));
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
    await producer.connect();
    return new SourceTopics(admin, producer);
  }

  /** One partition after the other; all lines are one record batch. The name that the platform gives what it makes of them. */
  async say(feed: string, lines: readonly string[]): Promise<string> {
    const [topic, partition] = [topicOf(feed), this.turn % partitions];
    this.turn += 1;
    const messages = lines.map((value) => ({ value, partition }));
    const [said] = await this.producer.send({ topic, acks: -1, compression: CompressionTypes.GZIP, messages });
    return `topic-${topic}-${partition}-${said!.baseOffset}`;
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
    await this.admin.disconnect();
  }
}
