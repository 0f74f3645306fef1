// kafkajs as its documentation shows it, with the same care: idempotent, one request at a time, commits after the work.
import kafkajs from 'kafkajs';

import { toCloudEvent } from '../../dist/libs/messaging/src/cloud-event.js';
import { answering } from '../processes.mjs';
import { envelopes, requestsOf, spent, together, topic } from './events.mjs';

const kafka = new kafkajs.Kafka({
  clientId: 'bare',
  brokers: [process.env.KAFKA_BROKERS],
  logLevel: kafkajs.logLevel.NOTHING,
});

async function carry({ prefix, events }) {
  const name = prefix + topic;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: name, numPartitions: 16, replicationFactor: 1 }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  // The same bytes as ours: making them is the driver's business, and no part of this loop.
  const list = [...envelopes(events)].map((envelope) => ({ key: envelope.key, value: toCloudEvent(envelope) }));
  await producer.send({ topic: name, messages: [list[0]] });
  const publish = await spent(events, async () => {
    for (const messages of requestsOf(list)) await producer.send({ topic: name, acks: -1, messages });
  });
  await producer.disconnect();
  const hear = await spent(events, () => hearAll(name, prefix, events));
  return together(publish, hear);
}

async function hearAll(name, groupId, events) {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500, maxBytesPerPartition: 500_000 });
  await consumer.connect();
  await consumer.subscribe({ topics: [name], fromBeginning: true });
  let heard = 0;
  const all = Promise.withResolvers();
  await consumer.run({
    autoCommit: false,
    eachBatch: async (payload) => {
      const { partition, messages } = payload.batch;
      const last = payload.batch.lastOffset();
      heard += messages.filter(({ value }) => JSON.parse(value).data !== undefined).length;
      payload.resolveOffset(last);
      await consumer.commitOffsets([{ topic: name, partition, offset: String(BigInt(last) + 1n) }]);
      if (heard > events) all.resolve();
    },
  });
  await all.promise;
  await consumer.disconnect();
}

answering(true, { carry });
