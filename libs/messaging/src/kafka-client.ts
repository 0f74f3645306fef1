import { kafkaBrokers, kafkaPrefix, kafkaReplication, kafkaSign, kafkaTls } from '@app/config';
import { Logger } from '@nestjs/common';
import kafkajs from 'kafkajs';

import './kafka-queue.js';

const { Kafka, logLevel } = kafkajs;

/** What a Kafka bus needs to know; from the settings, or from a test. */
export interface KafkaSettings {
  brokers: string[];
  /** Begins the names of topics and groups: houses that share a Kafka do not meet. */
  prefix: string;
  /** Copies of each partition; 0: three, or as many as there are brokers. */
  replication: number;
}

export const kafkaSettings = (): KafkaSettings => ({
  brokers: kafkaBrokers(),
  prefix: kafkaPrefix(),
  replication: kafkaReplication(),
});

/** A broker that does not answer within these is asked again, or another one is. */
const connectMs = 3_000;
const requestMs = 15_000;

/** One client per bus: its producers, consumers and admins have connections of their own. */
export function openKafka(settings: KafkaSettings, more: Partial<kafkajs.KafkaConfig> = {}): kafkajs.Kafka {
  const sign = kafkaSign();
  return new Kafka({
    clientId: 'xinqiao',
    brokers: settings.brokers,
    ssl: kafkaTls(),
    ...(sign && { sasl: sign as kafkajs.SASLOptions }),
    connectionTimeout: connectMs,
    requestTimeout: requestMs,
    retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.WARN,
    logCreator: toOurLog,
    ...more,
  });
}

/** Whatever the client calls an error it also mends or throws: for us it is a warning. */
const toOurLog: kafkajs.logCreator = () => {
  const log = new Logger('kafka');
  return (entry) => {
    const { namespace, log: said } = entry;
    // A rebalance is told once by the group itself, and not by each of its heartbeats too.
    if (said.message.startsWith('Response Heartbeat')) return;
    log.warn([namespace, said['groupId'], said['broker'], said.message].filter(Boolean).join(' '));
  };
};
