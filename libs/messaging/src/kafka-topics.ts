import { setTimeout as pause } from 'node:timers/promises';

import { topicPlanOf } from '@app/contracts';
import { Logger } from '@nestjs/common';
import type kafkajs from 'kafkajs';

import type { KafkaSettings } from './kafka-client.js';

/** One lane of a topic in the log: what is kept begins at `low`, the next event gets `high`. */
export interface LogEnds {
  topic: string;
  partition: number;
  low: bigint;
  high: bigint;
}

/** A busy broker takes seconds until a new partition has its leader. */
const patienceMs = 60_000;
const againMs = 300;
const lingerMs = 5_000;
const dayMs = 86_400_000;
/** Room for the largest event (10,000 entries of a list) several times over. */
export const messageBytesMax = 4_000_000;
/** With three copies two must have an event before it counts as kept: one broker may be lost at any time. */
const copiesUsual = 3;

/** Makes topics by the plan of libs/contracts, and looks where their ends are. Names here are without the prefix. */
export class KafkaTopics {
  private readonly log = new Logger('bus');
  private readonly made = new Map<string, Promise<void>>();
  private admin?: Promise<kafkajs.Admin>;

  constructor(
    private readonly kafka: kafkajs.Kafka,
    private readonly settings: KafkaSettings,
  ) {}

  /** Topics that this process writes or reads. */
  get known(): string[] {
    return [...this.made.keys()];
  }

  nameOf(topic: string): string {
    return this.settings.prefix + topic;
  }

  /** Resolves when all of these are there; those that exist are left as they are. */
  async ensure(topics: Iterable<string>): Promise<void> {
    const missing = [...new Set(topics)].filter((topic) => !this.made.has(topic));
    if (missing.length > 0) {
      const making = this.make(missing);
      for (const topic of missing) this.made.set(topic, making);
      making.catch(() => missing.forEach((topic) => this.made.delete(topic)));
    }
    for (const topic of topics) await this.made.get(topic);
  }

  /** Both ends of every partition of these topics. */
  async ends(topics: readonly string[]): Promise<LogEnds[]> {
    return this.ask(async (admin) => {
      const found = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(this.nameOf(topic))));
      return found.flatMap((partitions, at) =>
        partitions.map(({ partition, low, high }) => ({
          topic: topics[at]!,
          partition,
          low: BigInt(low),
          high: BigInt(high),
        })),
      );
    });
  }

  /** The next offset that a group will hear, by `topic partition`; absent where it never committed one. */
  async committed(group: string, topics: readonly string[]): Promise<Map<string, bigint>> {
    const names = topics.map((topic) => this.nameOf(topic));
    const found = await this.ask((admin) => admin.fetchOffsets({ groupId: this.nameOf(group), topics: names }));
    return new Map(
      found.flatMap(({ topic, partitions }) =>
        partitions
          .filter(({ offset }) => Number(offset) >= 0)
          .map(({ partition, offset }) => [`${topics[names.indexOf(topic)]} ${partition}`, BigInt(offset)] as const),
      ),
    );
  }

  async close(): Promise<void> {
    const admin = await this.admin?.catch(() => undefined);
    await admin?.disconnect().catch(() => undefined);
  }

  private async make(topics: string[]): Promise<void> {
    await this.ask(async (admin) => {
      const there = new Set(await admin.listTopics());
      const missing = topics.filter((topic) => !there.has(this.nameOf(topic)));
      if (missing.length > 0) {
        const copies = this.settings.replication || Math.min(copiesUsual, await brokersOf(admin));
        await admin.createTopics({ topics: missing.map((topic) => this.shapeOf(topic, copies)), timeout: 30_000 });
      }
      await this.compare(admin, topics);
    });
  }

  private shapeOf(topic: string, copies: number): kafkajs.ITopicConfig {
    const { partitions, retentionDays } = topicPlanOf(topic);
    return {
      topic: this.nameOf(topic),
      numPartitions: partitions,
      replicationFactor: copies,
      configEntries: [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: String(retentionDays * dayMs) },
        { name: 'max.message.bytes', value: String(messageBytesMax) },
        { name: 'min.insync.replicas', value: String(copies > 2 ? 2 : 1) },
      ],
    };
  }

  /** More partitions would move keys to other lanes while events are under way: that is an administrator's act. */
  private async compare(admin: kafkajs.Admin, topics: string[]): Promise<void> {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map((topic) => this.nameOf(topic)) });
    for (const [at, topic] of topics.entries()) {
      const { partitions: planned } = topicPlanOf(topic);
      const has = found.find(({ name }) => name === this.nameOf(topic))?.partitions.length;
      if (has !== planned) this.log.warn(`${topics[at]} has ${has} partitions, the plan says ${planned}`);
    }
  }

  /** Asks again while a topic is just being made or its leader changes; a connection that failed is not used again. */
  private async ask<T>(question: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      this.admin ??= this.connect();
      const used = this.admin;
      try {
        return await question(await used);
      } catch (error) {
        if (this.admin === used) delete this.admin;
        this.leaveLater(used);
        // kafkajs says so of what it gave up on; where a partition has no leader yet it stumbles without saying anything.
        if (performance.now() > giveUpAt || (error as { retriable?: boolean }).retriable === false) throw error;
        await pause(againMs);
      }
    }
  }

  /** Others may have questions under way on the same connection. */
  private leaveLater(admin: Promise<kafkajs.Admin>): void {
    const leave = (): void => void admin.then((used) => used.disconnect()).catch(() => undefined);
    setTimeout(leave, lingerMs).unref();
  }

  private async connect(): Promise<kafkajs.Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}

const brokersOf = async (admin: kafkajs.Admin): Promise<number> => (await admin.describeCluster()).brokers.length;
