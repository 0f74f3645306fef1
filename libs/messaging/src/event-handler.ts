import type { EventDefinition, EventEnvelope } from '@app/contracts';
import { BrokenInvariant } from '@app/kernel';
import type { EntityManager } from 'typeorm';

import type { AnyEvent } from './event-check.js';

/** Acts on one event. Everything it does goes through `tx`, so that it happens once or not at all. */
export interface SingleHandler<D extends object> {
  handle(event: EventEnvelope<D>, tx: EntityManager): Promise<void>;
}

/** Acts on many events at once (all of one topic, oldest first); for work that is cheaper in sets or can be coalesced. */
export interface BatchHandler<D extends object> {
  handle(events: EventEnvelope<D>[], tx: EntityManager): Promise<void>;
}

/** The data of an event, or of any of several. */
type DataIn<E extends AnyEvent> = E extends EventDefinition<infer D> ? D : never;

interface HandlerOptions<E extends AnyEvent> {
  /** `<service>.<what it keeps>`: names the position, the inbox and the dead letters. Never change it: a new name hears everything again. */
  name: string;
  events: readonly E[];
  /** Attempts before an event is parked; default 5. */
  triesMax?: number;
}

interface BatchOptions<E extends AnyEvent> extends HandlerOptions<E> {
  /** Makes the class a BatchHandler that gets up to so many events in one transaction. */
  batchMax: number;
}

/** What the consumer knows about a handler. */
export interface HandlerSpec {
  name: string;
  events: readonly AnyEvent[];
  triesMax: number;
  batchMax: number;
  single: boolean;
}

/** Five attempts with back-off take about two seconds: enough for a hiccup, short enough for those who wait behind. */
const triesMaxDefault = 5;

/** So many events share one transaction with a handler of single events; they are undone together and retried alone. */
const singlesMax = 20;

const specs = new WeakMap<object, HandlerSpec>();

type ClassOf<T> = abstract new (...args: never[]) => T;

/**
 * Marks a provider as the handler of events. With `batchMax` it is a BatchHandler, without a SingleHandler.
 * Events arrive validated, once, in order per key; a throw undoes the transaction and is tried again with back-off,
 * then the event is parked as a dead letter and the next one comes. List the class in MessagingModule.forService.
 */
export function EventHandler<E extends AnyEvent>(
  options: BatchOptions<E>,
): (target: ClassOf<BatchHandler<DataIn<E>>>) => void;
export function EventHandler<E extends AnyEvent>(
  options: HandlerOptions<E> & { batchMax?: never },
): (target: ClassOf<SingleHandler<DataIn<E>>>) => void;
export function EventHandler(options: HandlerOptions<AnyEvent> & { batchMax?: number }): (target: never) => void {
  return (target: object) => {
    specs.set(target, {
      name: options.name,
      events: options.events,
      triesMax: options.triesMax ?? triesMaxDefault,
      batchMax: options.batchMax ?? singlesMax,
      single: options.batchMax === undefined,
    });
  };
}

/** Reads what @EventHandler wrote; throws BrokenInvariant for a class without it. */
export function specOf(target: { name: string }): HandlerSpec {
  const spec = specs.get(target);
  if (!spec) throw new BrokenInvariant(`${target.name} is listed as an event handler but has no @EventHandler`);
  return spec;
}
