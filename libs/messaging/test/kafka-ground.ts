import { randomUUID } from 'node:crypto';

import type { KafkaSettings } from '../src/kafka-client.js';

/** Topics and groups of one spec's own, on the Kafka that the run has started. */
export const kafkaOf = (): KafkaSettings => ({
  brokers: [process.env['TEST_KAFKA_BROKERS']!],
  prefix: `t-${randomUUID().slice(0, 8)}.`,
  replication: 1,
});
