import { trustedProxies } from '@app/config';
import {
  enterSpan,
  flushTraces,
  isTracing,
  leaveSpan,
  type Span,
  SpanKind,
  SpanStatusCode,
  startSpan,
  startTracing,
} from '@app/observe';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const spans = new WeakMap<object, Span>();

/** A span for every request that is let in, when traces are on; otherwise not even a hook. */
export async function traceRequests(service: string, fastify: FastifyInstance): Promise<void> {
  await startTracing();
  if (!isTracing()) return;
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const span = startSpan(`${request.method} ${route}`, {
      kind: SpanKind.SERVER,
      parent: parentOf(request),
      startTime: Date.now() - reply.elapsedTime,
      attributes: { service, 'http.request.method': request.method, 'http.route': route },
    });
    if (span) {
      spans.set(request, span);
      enterSpan(span);
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    leaveSpan(request.id);
    done();
  });
  fastify.addHook('onClose', flushTraces);
}

/** Whoever may begin a trace decides what we keep: only a proxy of ours may. */
function parentOf({ headers }: FastifyRequest): string | null {
  const given = headers['traceparent'];
  return trustedProxies() !== false && typeof given === 'string' ? given : null;
}
