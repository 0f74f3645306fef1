import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

interface Context {
  id: string;
  /** Which of the services in this process is at work. */
  service?: string;
}

const current = new AsyncLocalStorage<Context>();

/** The id that ties a request to the log lines and events it causes; a fresh one outside any request. */
export const correlationId = (): string => current.getStore()?.id ?? randomUUID();

/** What every log line says of the work it comes from. */
export const workContext = (): { correlationId?: string; service?: string } => {
  const { id, service } = current.getStore() ?? {};
  return { ...(id && { correlationId: id }), ...(service && { service }) };
};

/** Runs work under an id: a request's own, or the one an event carried. */
export const withCorrelation = <T>(id: string, work: () => T): T => current.run({ ...current.getStore(), id }, work);

/** For hooks that cannot wrap the rest of a request in a function. */
export const enterCorrelation = (id: string, service: string): void => current.enterWith({ id, service });
