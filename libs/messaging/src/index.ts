export { type DeadLetter, type DeadLetterQuery, DeadLetters } from './dead-letters.service.js';
export { drain } from './drain.js';
export { isEvent } from './event-check.js';
export { type BatchHandler, EventHandler, type SingleHandler } from './event-handler.js';
export { DeadLetterDecided, DeadLetterNotFound, HandlerGone, ReplayFailed } from './messaging.error.js';
export { MessagingModule, type MessagingOptions } from './messaging.module.js';
export { addManyToOutbox, addToOutbox, insertOutboxSql, type OutboxRow, outboxRows } from './outbox.js';
export { Relay } from './relay.js';

import { CreateMessaging1790000000100 } from './migrations/1790000000100-create-messaging.js';

/** For the explicit list in a service's data-source.ts. */
export const messagingMigrations = [CreateMessaging1790000000100];
