// Our driver: envelopes to CloudEvents, one request at a time; lanes of ours, offsets after the work.
import { randomUUID } from 'node:crypto';

import { toCloudEvent } from '../../dist/libs/messaging/src/cloud-event.js';
import { KafkaBus } from '../../dist/libs/messaging/src/kafka-bus.driver.js';
import { answering } from '../processes.mjs';
import { envelopes, requestsOf, spent, together, topic } from './events.mjs';

/** What handlers do with PostgreSQL is measured elsewhere (G12): here a transaction costs nothing on either side. */
const database = { transaction: (work) => work() };
const batch = 500;

async function carry({ prefix, events }) {
  const bus = new KafkaBus({ brokers: [process.env.KAFKA_BROKERS], prefix, replication: 1 });
  const list = [...envelopes(events)];
  // The topic is made, and the producer connected, before time is taken; one event more is heard in the end.
  await bus.publish([{ ...list[0], id: randomUUID() }]);
  const publish = await spent(events, async () => {
    for (const request of requestsOf(list)) await bus.publish(request);
  });
  let heard = 0;
  const all = Promise.withResolvers();
  const hear = await spent(events, async () => {
    await bus.subscribe({
      group: 'bench',
      topics: [topic],
      database,
      concurrency: 2,
      work: async (partition) => {
        await partition.take(batch, async (messages) => {
          heard += messages.filter(({ event }) => event.data !== undefined).length;
          if (heard > events) all.resolve();
        });
        return 0;
      },
    });
    await all.promise;
  });
  await bus.close();
  const bytes = list.slice(0, 100).reduce((sum, envelope) => sum + Buffer.byteLength(toCloudEvent(envelope)), 0) / 100;
  return { ...together(publish, hear), bytes };
}

answering(true, { carry });
