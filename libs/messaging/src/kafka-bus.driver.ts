import type { EventEnvelope } from '@app/contracts';
import type kafkajs from 'kafkajs';

import { cloudEventType, toCloudEvent } from './cloud-event.js';
import type { EventBus, Listening, Subscription } from './event-bus.js';
import { type KafkaSettings, openKafka } from './kafka-client.js';
import { KafkaListening } from './kafka-listening.js';
import { idempotentProducer, KafkaPublisher, type Producing } from './kafka-publisher.js';
import { KafkaTopics } from './kafka-topics.js';
import { askLagOf, forgetLagOf } from './lag.js';

/** Events on Apache Kafka: a lane is a partition, a group is a consumer group, an event is a CloudEvent. */
export class KafkaBus implements EventBus {
  private readonly kafka: kafkajs.Kafka;
  private readonly topics: KafkaTopics;
  private readonly publisher: KafkaPublisher;
  private readonly listening = new Set<KafkaListening>();

  /** `makeProducer` is for tests that put something in between. */
  constructor(settings: KafkaSettings, makeProducer: (kafka: kafkajs.Kafka) => Producing = idempotentProducer) {
    this.kafka = openKafka(settings);
    this.topics = new KafkaTopics(this.kafka, settings);
    this.publisher = new KafkaPublisher(() => makeProducer(this.kafka));
  }

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    if (envelopes.length === 0) return;
    await this.topics.ensure(new Set(envelopes.map(({ topic }) => topic)));
    await this.publisher.publish(
      envelopes.map((envelope) => ({
        topic: this.topics.nameOf(envelope.topic),
        key: envelope.key,
        value: toCloudEvent(envelope),
        headers: { 'content-type': cloudEventType },
      })),
    );
  }

  async subscribe(subscription: Subscription): Promise<Listening> {
    const listening = new KafkaListening(this.kafka, this.topics, subscription);
    this.listening.add(listening);
    listening.open();
    askLagOf(listening);
    return {
      settled: () => listening.settled(),
      close: async () => {
        this.listening.delete(listening);
        forgetLagOf(listening);
        await listening.close();
      },
    };
  }

  async tail(): Promise<string> {
    const ends = await this.topics.ends(this.topics.known);
    return String(ends.reduce((sum, { high }) => sum + high, 0n));
  }

  async close(): Promise<void> {
    await Promise.all([...this.listening].map((listening) => listening.close()));
    await this.publisher.close();
    await this.topics.close();
  }
}
