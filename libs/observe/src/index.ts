export { correlationId, enterCorrelation, enterSpan, leaveSpan, withCorrelation, workContext } from './correlation.js';
export { logModule } from './logger.js';
export { counter, gauge, registry, seconds } from './metrics.js';
export {
  flushTraces,
  isTracing,
  type Span,
  SpanKind,
  SpanStatusCode,
  startSpan,
  startTracing,
  traceparent,
  traceparentOf,
  withSpan,
} from './trace.js';
