import { createRequire } from 'node:module';

import { jest } from '@jest/globals';

import './kafka-client.js';

interface Queue {
  push(request: object): void;
  fulfillRequest(answer: { correlationId: number; payload: string; size: number }): void;
  maybeThrottle(ms: number): void;
}
const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (more: object) => Queue;

/** A queue that lets one request be under way at a time, and what was sent and answered. */
function aQueue() {
  const [sent, answered]: number[][] = [[], []];
  const logger = { debug: () => undefined, warn: () => undefined };
  const queue = new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, logger });
  const ask = (correlationId: number): void =>
    queue.push({
      entry: { correlationId, resolve: () => answered!.push(correlationId), reject: () => undefined },
      expectResponse: true,
      sendRequest: () => void sent!.push(correlationId),
    });
  const answer = (correlationId: number): void => queue.fulfillRequest({ correlationId, payload: '', size: 0 });
  return { queue, ask, answer, sent: sent!, answered: answered! };
}

describe('the queue of requests of a connection to Kafka', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('leaves no timer behind when nothing waits, which would wake the process a thousand times a second', () => {
    const { ask, answer, answered } = aQueue();
    for (const id of [1, 2, 3]) {
      ask(id);
      answer(id);
    }
    expect([answered, jest.getTimerCount()]).toEqual([[1, 2, 3], 0]);
  });

  it('still sends what had to wait for another, in order', () => {
    const { ask, answer, sent } = aQueue();
    for (const id of [1, 2, 3]) ask(id);
    expect(sent).toEqual([1]);
    answer(1);
    answer(2);
    expect(sent).toEqual([1, 2, 3]);
  });

  it('still waits as long as the broker asks, and sends then', () => {
    const { queue, ask, answer, sent } = aQueue();
    queue.maybeThrottle(500);
    ask(1);
    jest.advanceTimersByTime(499);
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(sent).toEqual([1]);
    answer(1);
    jest.advanceTimersByTime(20);
    expect(jest.getTimerCount()).toBe(0);
  });
});
