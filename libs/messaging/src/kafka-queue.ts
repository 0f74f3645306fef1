import { createRequire } from 'node:module';

/** What of kafkajs' queue of requests, one for each connection, is touched here. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

/**
 * kafkajs 2.2.4 sets a timer after every answer, whether anything waits or not. Where nothing waits and the broker never
 * asked for patience, its delay is minus the time since 1970: Node 24 warns of that (TimeoutNegativeWarning), takes one
 * millisecond, and the timer sets itself again; every idle connection wakes the process a thousand times a second, for
 * ever (tulios/kafkajs issue 1751, mended nowhere in what is released). Nothing waits for that timer: whoever puts a
 * request into the queue sets it anew. So it is set only where something waits.
 */
const { prototype: queue } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  prototype: RequestQueue;
};
const schedule = queue.scheduleCheckPendingRequests;
queue.scheduleCheckPendingRequests = function scheduleWhereSomethingWaits() {
  if (this.pending.length > 0) schedule.call(this);
};
