import type { EventEnvelope } from '@app/contracts';
import { isDatabaseAway, isLostRace } from '@app/database';
import { counter, seconds, SpanKind, withCorrelation, withSpan } from '@app/observe';
import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Message, Partition } from './event-bus.js';
import { faultOfEnvelope } from './event-check.js';
import type { BatchHandler, HandlerSpec, SingleHandler } from './event-handler.js';
import { claim, faultText, park } from './inbox.js';

/** Back-off: 100 ms, doubled per try, never more than five seconds. */
const retryFirstMs = 100;
const retryMaxMs = 5_000;
const outageMs = 1_000;

const handled = counter('messaging_handled_total', 'Events handled', ['handler']);
const failures = counter('messaging_failures_total', 'Attempts that failed and were undone', ['handler']);
const parked = counter('messaging_parked_total', 'Events parked as dead letters', ['handler']);
const duration = seconds('messaging_handle_seconds', 'One transaction of a handler', ['handler']);

/** Where a lane got stuck. Lives outside the transaction that is undone; another copy of the service counts anew. */
interface Trouble {
  /** Events up to here are taken one by one, so that only the one to blame is parked. */
  until: bigint;
  /** The event that fails, how often, since when (performance.now()) and why. */
  at?: bigint;
  tries: number;
  since: number;
  error: string;
}

export type AnyHandler = BatchHandler<object> & SingleHandler<object>;

/** Gives events to one handler: each once, with retries, and past the ones that it cannot take. */
export class Delivery {
  private readonly log = new Logger('messaging');
  private readonly troubles = new Map<string, Trouble>();

  constructor(
    readonly spec: HandlerSpec,
    private readonly handler: AnyHandler,
  ) {}

  /** One attempt at the next events of a lane; the milliseconds to wait before the next attempt. Never rejects. */
  async work(partition: Partition): Promise<number> {
    const place = `${partition.topic} ${partition.number}`;
    const trouble = this.troubles.get(place);
    const stop = duration.startTimer({ handler: this.spec.name });
    let held: Message[] = [];
    let fresh = 0;
    try {
      await partition.take(trouble ? 1 : this.spec.batchMax, async (messages, tx) => {
        held = messages;
        fresh = await this.deal(partition.topic, messages, tx, trouble);
      });
    } catch (error) {
      return this.failed(place, held, error);
    }
    const last = held.at(-1);
    if (!last) return 0;
    stop();
    handled.inc({ handler: this.spec.name }, fresh);
    if (trouble && last.position >= trouble.until) this.troubles.delete(place);
    return 0;
  }

  /** Hands events to the handler in `tx`, without those heard already; their number. Throws what the handler throws. */
  async handle(events: EventEnvelope<object>[], tx: EntityManager): Promise<number> {
    const fresh = await claim(tx, this.spec.name, events);
    const [first] = fresh;
    if (!first) return 0;
    // What a batch causes carries the id of its oldest event.
    if (!this.spec.single) await this.within(fresh, () => this.handler.handle(fresh as never, tx));
    for (const event of this.spec.single ? fresh : [])
      await this.within([event], () => this.handler.handle(event as never, tx));
    return fresh.length;
  }

  /** Log lines carry the id of the first event, and the work belongs to its trace; the others are linked. */
  private within(events: readonly EventEnvelope<object>[], work: () => Promise<void>): Promise<void> {
    const [first] = events;
    const [parent = null, ...links] = events.flatMap(({ traceparent }) => traceparent ?? []);
    const wish = { kind: SpanKind.CONSUMER, parent, links, attributes: { events: events.length } };
    const service = this.spec.name.split('.')[0];
    return withCorrelation(first!.correlationId, () => withSpan(`${this.spec.name} handle`, wish, work), service);
  }

  private async deal(topic: string, messages: Message[], tx: EntityManager, trouble?: Trouble): Promise<number> {
    const [first] = messages;
    if (first && trouble?.at === first.position && trouble.tries >= this.spec.triesMax) {
      await this.park(topic, first, tx, trouble);
      return 0;
    }
    const good: EventEnvelope<object>[] = [];
    for (const message of messages) {
      const error = faultOfEnvelope(this.spec.events, message.event);
      if (!error) good.push(message.event as EventEnvelope<object>);
      // No number of tries mends a broken envelope.
      if (error) await this.park(topic, message, tx, { tries: 1, since: performance.now(), error });
    }
    return this.handle(good, tx);
  }

  private async park(
    topic: string,
    { position, event }: Message,
    tx: EntityManager,
    { tries, since, error }: Pick<Trouble, 'tries' | 'since' | 'error'>,
  ): Promise<void> {
    const failingForMs = performance.now() - since;
    await park(tx, { handler: this.spec.name, topic, event, error, tries, failingForMs });
    parked.inc({ handler: this.spec.name });
    this.log.error(`${this.spec.name} parked an event of ${topic} at ${position}: ${error}`);
  }

  /** Remembers what to do differently next time; the milliseconds until then. */
  private failed(place: string, held: Message[], error: unknown): number {
    const [first] = held;
    const last = held.at(-1);
    const text = faultText(error);
    if (!first || !last || isOutage(error)) {
      this.log.warn(`${this.spec.name} waits: ${text}`);
      return outageMs;
    }
    failures.inc({ handler: this.spec.name });
    const fresh: Trouble = { until: last.position, tries: 0, since: performance.now(), error: text };
    if (held.length > 1) {
      this.troubles.set(place, fresh);
      return 0;
    }
    const before = this.troubles.get(place);
    const { tries, since } = before?.at === first.position ? before : fresh;
    const until = before && before.until > first.position ? before.until : first.position;
    this.troubles.set(place, { until, at: first.position, tries: tries + 1, since, error: text });
    this.log.warn(`${this.spec.name} failed on ${place} at ${first.position}, try ${tries + 1}: ${text}`);
    return tries + 1 >= this.spec.triesMax ? 0 : Math.min(retryFirstMs * 2 ** tries, retryMaxMs);
  }
}

/** PostgreSQL is away, or chose us as the victim of a deadlock: no event is to blame, so none is ever parked for it. */
const isOutage = (error: unknown): boolean => isDatabaseAway(error) || isLostRace(error);
