import { tracesEndpoint, tracesShare } from '@app/config';
import {
  type Attributes,
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type TimeInput,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';

import { currentSpan, withSpanAround } from './correlation.js';

interface Tracing {
  readonly tracer: Tracer;
  flush(): Promise<void>;
}

let starting: Promise<Tracing | undefined> | undefined;
let tracing: Tracing | undefined;

/**
 * Turns traces on when OTEL_EXPORTER_OTLP_ENDPOINT says where to send them; once per process. Otherwise nothing is
 * loaded, and everything below returns at once.
 */
export async function startTracing(): Promise<void> {
  starting ??= open();
  tracing = await starting;
}

export const isTracing = (): boolean => tracing !== undefined;

/** Sends what has ended; before a service stops. */
export async function flushTraces(): Promise<void> {
  // A collector that is away must not hold the end of a service.
  await tracing?.flush().catch(() => undefined);
}

export interface SpanWish {
  readonly kind?: SpanKind;
  /** W3C traceparent of the work that caused this one; otherwise it belongs to the work around it. */
  readonly parent?: string | null | undefined;
  /** Traceparents of further causes: of the other events of a batch. */
  readonly links?: readonly (string | undefined)[];
  readonly attributes?: Attributes;
  readonly startTime?: TimeInput;
}

/** A span to be ended by hand; undefined while traces are off. */
export function startSpan(name: string, { kind, parent, links, attributes, startTime }: SpanWish): Span | undefined {
  if (!tracing) return undefined;
  const causes = (links ?? []).flatMap((link) => contextOf(link) ?? []).map((context) => ({ context }));
  const cause = parent === undefined ? currentSpan()?.spanContext() : contextOf(parent);
  return tracing.tracer.startSpan(
    name,
    {
      ...(kind !== undefined && { kind }),
      ...(attributes && { attributes }),
      ...(startTime !== undefined && { startTime }),
      links: causes,
    },
    cause ? trace.setSpanContext(ROOT_CONTEXT, { ...cause, isRemote: true }) : (ROOT_CONTEXT satisfies Context),
  );
}

/** Runs work within a span of its own; a throw marks the span and comes out. */
export async function withSpan<T>(name: string, wish: SpanWish, work: () => Promise<T>): Promise<T> {
  const span = startSpan(name, wish);
  if (!span) return work();
  try {
    return await withSpanAround(span, work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
    throw error;
  } finally {
    span.end();
  }
}

/** What goes along with an event, so that its consumer belongs to the same trace; null while traces are off. */
export const traceparent = (): string | null => traceparentOf(currentSpan());

export function traceparentOf(span: Span | undefined): string | null {
  if (!span) return null;
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
}

function contextOf(text: string | null | undefined): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] =
    /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(text ?? '') ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED };
  return isSpanContextValid(context) ? context : undefined;
}

async function open(): Promise<Tracing | undefined> {
  const endpoint = tracesEndpoint();
  if (endpoint === undefined) return undefined;
  const sdk = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceOf({ 'service.name': 'xinqiao' }),
    // Whoever began a trace has decided for all that follows.
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(tracesShare()) }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  return { tracer: provider.getTracer('xinqiao'), flush: () => provider.forceFlush() };
}

type Resource = NonNullable<
  NonNullable<ConstructorParameters<typeof import('@opentelemetry/sdk-trace-node').NodeTracerProvider>[0]>['resource']
>;

/** Which program this is; the services within it are told apart by an attribute of their spans. */
function resourceOf(attributes: Record<string, string>): Resource {
  const resource: Resource = {
    asyncAttributesPending: false,
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}

export { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
