import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';

import type { EventEnvelope } from '@app/contracts';
import kafkajs from 'kafkajs';

import { fromCloudEvent } from '../src/cloud-event.js';
import { type KafkaSettings, openKafka } from '../src/kafka-client.js';

/** Topics and groups of one spec's own, on the Kafka that the run has started. */
export const kafkaOf = (): KafkaSettings => ({
  brokers: [process.env['TEST_KAFKA_BROKERS']!],
  prefix: `t-${randomUUID().slice(0, 8)}.`,
  replication: 1,
});

/** A client whose connections all go to this port, whatever address the broker gives of itself. */
export const kafkaThrough = (settings: KafkaSettings, port: number): kafkajs.Kafka =>
  openKafka(settings, {
    socketFactory: ({ onConnect }) => connect(port, '127.0.0.1', onConnect).setKeepAlive(true),
  });

export interface Logged {
  partition: number;
  headers: Record<string, string>;
  text: string;
  event: EventEnvelope;
}

/** Everything that lies in a topic, partition by partition, as any other reader sees it. */
export async function logOf(settings: KafkaSettings, topic: string): Promise<Logged[]> {
  const kafka = openKafka(settings);
  const name = settings.prefix + topic;
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(name);
  await admin.disconnect();
  const left = new Map(
    ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, BigInt(high)]),
  );
  const logged: Logged[] = [];
  if (left.size === 0) return logged;
  const consumer = kafka.consumer({ groupId: `look-${randomUUID()}`, maxWaitTimeInMs: 50 });
  const all = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topics: [name], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([key, value]) => [key, String(value)]);
      logged.push({
        partition,
        headers: Object.fromEntries(headers),
        text: String(message.value),
        event: fromCloudEvent(message.value) as EventEnvelope,
      });
      if (BigInt(message.offset) + 1n === left.get(partition)) left.delete(partition);
      if (left.size === 0) all.resolve();
    },
  });
  await all.promise;
  await consumer.disconnect();
  return logged;
}
