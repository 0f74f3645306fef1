import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** The id that ties a request to the log lines and events it causes; a fresh one outside any request. */
export const correlationId = (): string => current.getStore() ?? randomUUID();

/** Runs work under an id: a request's own, or the one an event carried. */
export const withCorrelation = <T>(id: string, work: () => T): T => current.run(id, work);

/** For hooks that cannot wrap the rest of a request in a function. */
export const enterCorrelation = (id: string): void => current.enterWith(id);
