import { type DynamicModule, Module, type Type } from '@nestjs/common';

import { DeadLetters } from './dead-letters.service.js';
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

/** Starts the relay and the consumers of one service with it, and ends work in flight before it stops. */
@Module({})
export class MessagingModule {
  static forService(_options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [Relay, DeadLetters],
      exports: [Relay, DeadLetters],
    };
  }
}
