import { poolMax } from '@app/config';
import { must } from '@app/kernel';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DataSource } from 'typeorm';

import { type AnyHandler, Delivery } from './delivery.js';
import { dismiss, enlist } from './drain.js';
import type { Listening } from './event-bus.js';
import { specOf } from './event-handler.js';
import { pruneInbox } from './inbox.js';
import { type BorrowedBus, borrowBus } from './open-bus.js';
import { touchedOutbox } from './outbox.js';
import { schemaOf } from './postgres-listening.js';
import { Relay } from './relay.js';

export interface MessagingOptions {
  service: string;
  /** Classes with @EventHandler; they are providers of the service's own modules. */
  handlers?: Type[];
  /** false: this process leaves the outbox to another one. */
  relay?: boolean;
  /** false: this process hears nothing. */
  consume?: boolean;
}

export const messagingOptions = Symbol('messaging options');

const pruneEveryMs = 60 * 60_000;
/** Two lanes of a handler at a time: more would only contend for the same cores. */
const lanesMax = 2;

/** Starts and stops the relay and the consumers of one service. */
@Injectable()
export class Messaging implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('messaging');
  private readonly deliveries = new Map<string, Delivery>();
  private readonly listening: Listening[] = [];
  private borrowed?: BorrowedBus;
  private pruning?: NodeJS.Timeout;

  constructor(
    @Inject(messagingOptions) private readonly options: MessagingOptions,
    private readonly database: DataSource,
    private readonly modules: ModuleRef,
    private readonly relay: Relay,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { service, handlers = [], relay = true, consume = true } = this.options;
    for (const handler of handlers) {
      const instance = this.modules.get<AnyHandler>(handler, { strict: false });
      const delivery = new Delivery(specOf(handler), instance);
      this.deliveries.set(delivery.spec.name, delivery);
    }
    if (!relay && !consume) return;
    this.borrowed = await borrowBus();
    if (relay) this.startRelay(service);
    if (consume) await Promise.all([...this.deliveries.values()].map((delivery) => this.listen(delivery)));
    this.pruning = setInterval(() => void this.prune(), pruneEveryMs).unref();
    enlist(this);
  }

  /** Before the data source closes: what is in flight ends, what is not begun stays for the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    dismiss(this);
    clearInterval(this.pruning);
    await Promise.all(this.listening.map((listening) => listening.close()));
    await this.relay.stop();
    await this.borrowed?.giveBack();
  }

  /** The way to a handler by its name; undefined when this service has none of that name. */
  deliveryOf(handler: string): Delivery | undefined {
    return this.deliveries.get(handler);
  }

  async tail(): Promise<string> {
    return must(this.borrowed, 'messaging has not started').bus.tail();
  }

  async settled(): Promise<boolean> {
    for (const listening of this.listening) if (!(await listening.settled())) return false;
    return true;
  }

  async outboxEmpty(): Promise<boolean> {
    if (this.options.relay === false) return true;
    this.relay.nudge();
    const rows: unknown[] = await this.database.query(`select 1 from "${schemaOf(this.database)}".outbox limit 1`);
    return rows.length === 0;
  }

  private startRelay(service: string): void {
    this.relay.start(service, must(this.borrowed, 'the bus is open').bus);
    this.database.subscribers.push({
      afterTransactionCommit: ({ queryRunner }) => {
        if (queryRunner.data[touchedOutbox]) this.relay.nudge();
      },
    });
  }

  private async listen(delivery: Delivery): Promise<void> {
    // Consumers leave at least half of the service's connections to its requests.
    const share = Math.floor(poolMax() / 2 / this.deliveries.size);
    const listening = await must(this.borrowed, 'the bus is open').bus.subscribe({
      group: delivery.spec.name,
      topics: delivery.spec.events.map((event) => event.topic),
      database: this.database,
      concurrency: Math.max(1, Math.min(lanesMax, share)),
      work: (partition) => delivery.work(partition),
    });
    this.listening.push(listening);
  }

  private async prune(): Promise<void> {
    await pruneInbox(this.database.manager).catch((error: Error) => this.log.warn(`inbox: ${error.message}`));
  }
}
