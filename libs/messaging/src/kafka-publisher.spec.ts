import { Logger } from '@nestjs/common';
import type kafkajs from 'kafkajs';

import { KafkaPublisher, type Post, type Producing } from './kafka-publisher.js';

// Failures are warned of, and the tests make some.
Logger.overrideLogger(false);

const post = (value: string, topic = 'topic'): Post => ({ topic, key: 'key', value, headers: {} });

/** A broker's side of producers, as far as a publisher can see it. */
function pretend() {
  const made: { sent: string[][]; left: boolean }[] = [];
  const state = {
    underWay: 0,
    mostUnderWay: 0,
    failures: [] as Error[],
    release: undefined as (() => void) | undefined,
  };
  const makeProducer = (): Producing => {
    const mine = { sent: [] as string[][], left: false };
    made.push(mine);
    return {
      connect: async () => undefined,
      disconnect: async () => void (mine.left = true),
      sendBatch: async ({ topicMessages = [] }: kafkajs.ProducerBatch) => {
        state.underWay += 1;
        state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay);
        await Promise.resolve();
        state.underWay -= 1;
        const failure = state.failures.shift();
        if (failure) throw failure;
        mine.sent.push(topicMessages.flatMap(({ messages }) => messages.map(({ value }) => String(value))));
        return [];
      },
    };
  };
  return { made, state, makeProducer };
}

const protocolError = (type: string): Error => Object.assign(new Error(type), { type });

describe('publishing to Kafka', () => {
  it('has one request under way, whoever publishes at once', async () => {
    const { made, state, makeProducer } = pretend();
    const publisher = new KafkaPublisher(makeProducer);
    await Promise.all(Array.from({ length: 20 }, (_, at) => publisher.publish([post(`${at}`)])));
    expect(state.mostUnderWay).toBe(1);
    expect(made).toHaveLength(1);
    expect(made[0]!.sent.flat()).toEqual(Array.from({ length: 20 }, (_, at) => `${at}`));
  });

  it('goes on with a fresh producer when the broker has lost its place', async () => {
    const { made, state, makeProducer } = pretend();
    const publisher = new KafkaPublisher(makeProducer);
    state.failures.push(protocolError('OUT_OF_ORDER_SEQUENCE_NUMBER'));
    await publisher.publish([post('a')]);
    await publisher.publish([post('b')]);
    expect(made.map(({ sent, left }) => ({ sent, left }))).toEqual([
      { sent: [], left: true },
      { sent: [['a'], ['b']], left: false },
    ]);
  });

  it('tells of another failure, and the next one starts afresh', async () => {
    const { made, state, makeProducer } = pretend();
    const publisher = new KafkaPublisher(makeProducer);
    state.failures.push(protocolError('MESSAGE_TOO_LARGE'));
    await expect(publisher.publish([post('a')])).rejects.toThrow('MESSAGE_TOO_LARGE');
    await publisher.publish([post('b')]);
    expect(made.map(({ sent }) => sent)).toEqual([[], [['b']]]);
  });

  it('cuts a long list into requests below half a megabyte, in order', async () => {
    const { made, makeProducer } = pretend();
    const publisher = new KafkaPublisher(makeProducer);
    const values = Array.from({ length: 9 }, (_, at) => `${at}`.repeat(200_000));
    await publisher.publish([...values.map((value) => post(value)), post('x'.repeat(900_000)), post('end')]);
    expect(made[0]!.sent.map((request) => request.map(([first]) => first).join(''))).toEqual([
      '01',
      '23',
      '45',
      '67',
      '8',
      'x',
      'e',
    ]);
  });

  it('does not wait for a Kafka that is away when it is closed', async () => {
    const { makeProducer } = pretend();
    const publisher = new KafkaPublisher(() => ({ ...makeProducer(), sendBatch: () => new Promise(() => undefined) }));
    const publishing = publisher.publish([post('a')]);
    await publisher.close();
    await expect(publishing).rejects.toMatchObject({ code: 'MESSAGING.BUS_CLOSED' });
  });
});
