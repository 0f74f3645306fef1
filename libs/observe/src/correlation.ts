import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

import type { Span } from '@opentelemetry/api';

interface Context {
  id: string;
  /** Which of the services in this process is at work. */
  service?: string;
  /** Only while traces are on. */
  span?: Span;
}

const current = new AsyncLocalStorage<Context>();

/** Spans of the requests that are being answered, for lanes that act for many of them at once, outside of each. */
const requests = new Map<string, Span>();

/** The id that ties a request to the log lines and events it causes; a fresh one outside any request. */
export const correlationId = (): string => current.getStore()?.id ?? randomUUID();

/** What every log line says of the work it comes from. */
export const workContext = (): { correlationId?: string; service?: string; traceId?: string } => {
  const { id, service, span } = current.getStore() ?? {};
  return {
    ...(id && { correlationId: id }),
    ...(service && { service }),
    ...(span && { traceId: span.spanContext().traceId }),
  };
};

/** Runs work under an id: a request's own, or the one an event carried; and in the name of a service. */
export const withCorrelation = <T>(id: string, work: () => T, service?: string): T =>
  current.run({ ...current.getStore(), ...(service !== undefined && { service }), id }, work);

/** For hooks that cannot wrap the rest of a request in a function. */
export const enterCorrelation = (id: string, service: string): void => current.enterWith({ id, service });

/** The span of the work at hand: its own, or that of the request whose id it acts under. */
export function currentSpan(): Span | undefined {
  const store = current.getStore();
  return store && (store.span ?? requests.get(store.id));
}

/** Lets the rest of a request belong to its span, until `leaveSpan`. */
export function enterSpan(span: Span): void {
  const store = current.getStore();
  if (!store) return;
  store.span = span;
  requests.set(store.id, span);
}

export const leaveSpan = (id: string): void => void requests.delete(id);

export const withSpanAround = <T>(span: Span, work: () => T): T =>
  current.run({ id: randomUUID(), ...current.getStore(), span }, work);
