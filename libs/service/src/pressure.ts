import { monitorEventLoopDelay } from 'node:perf_hooks';

import { loopDelayMaxMs, requestsMax } from '@app/config';
import { AppError } from '@app/kernel';
import { gauge } from '@app/observe';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Nothing was done: the same request may be sent again, here or to another copy. */
export class Overloaded extends AppError {
  override readonly code = 'OVERLOADED';
  override readonly retryAfterSeconds = 1;
  constructor() {
    super('unavailable', 'this copy has more to do than it can; nothing was done. Try again.');
  }
}

const lookEveryMs = 500;
/** One long pause, such as a garbage collection, is no overload. */
const looksMax = 3;
/** Pressure that comes and goes is told of once in so long: the metrics have the rest. */
const tellEveryMs = 30_000;

const underWay = gauge('http_requests_under_way', 'Requests that are being answered', ['service']);

/** The process's event loop, which all its services share. */
interface Loop {
  lateLooks: number;
}
let loop: Loop | undefined;

function watchLoop(): Loop {
  if (loop) return loop;
  const watched: Loop = { lateLooks: 0 };
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  setInterval(() => {
    watched.lateLooks = delay.mean / 1e6 > loopDelayMaxMs() ? watched.lateLooks + 1 : 0;
    delay.reset();
  }, lookEveryMs).unref();
  loop = watched;
  return watched;
}

/**
 * Back-pressure: a process that has too much under way, or whose event loop is late for long, refuses further requests
 * at once with 503 and Retry-After, instead of answering all of them too late. Whoever watches it is always answered.
 */
export function refuseUnderPressure(
  service: string,
  fastify: FastifyInstance,
  refuse: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void,
): void {
  const watched = watchLoop();
  const most = requestsMax();
  const tell = tellingSeldom(service);
  let count = 0;
  fastify.addHook('onRequest', (request, reply, proceed) => {
    if ((count >= most || watched.lateLooks >= looksMax) && !isWatching(request)) {
      tell(count);
      return refuse(new Overloaded(), request, reply);
    }
    count += 1;
    let over = false;
    const end = (): void => {
      if (!over) count -= 1;
      over = true;
    };
    // An answer is never finished when the caller hangs up, and never closed where there is no socket.
    reply.raw.once('finish', end).once('close', end);
    return proceed();
  });
  const telling = setInterval(() => underWay.set({ service }, count), lookEveryMs).unref();
  fastify.addHook('onClose', (_fastify, done) => {
    clearInterval(telling);
    done();
  });
}

/** One line for a wave of refusals, which would be hundreds a second otherwise, just when there is no time for them. */
function tellingSeldom(service: string): (count: number) => void {
  const logger = new Logger('pressure');
  let quietUntil = 0;
  return (count) => {
    const now = performance.now();
    if (now < quietUntil) return;
    quietUntil = now + tellEveryMs;
    logger.warn(`${service} refuses requests: ${count} are under way`);
  };
}

const isWatching = ({ url }: FastifyRequest): boolean => url.includes('/health/') || url.endsWith('/metrics');
