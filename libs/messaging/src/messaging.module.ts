import { type DynamicModule, Module } from '@nestjs/common';

import { DeadLetters } from './dead-letters.service.js';
import { Messaging, type MessagingOptions, messagingOptions } from './messaging.service.js';
import { Relay } from './relay.js';

/** Starts the relay and the consumers of one service with it, and ends work in flight before it stops. */
@Module({})
export class MessagingModule {
  static forService(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [{ provide: messagingOptions, useValue: options }, Relay, Messaging, DeadLetters],
      exports: [Relay, DeadLetters],
    };
  }
}
