import { CreateMessaging1790000000100 } from './migrations/1790000000100-create-messaging.js';
import { AddTraceparent1790000015100 } from './migrations/1790000015100-add-traceparent.js';

export { type DeadLetter, type DeadLetterQuery, DeadLetters } from './dead-letters.service.js';
export { drain } from './drain.js';
export type { EventBus, Listening, Message, Partition, Subscription } from './event-bus.js';
export { type BatchHandler, EventHandler, type SingleHandler } from './event-handler.js';
export { DeadLetterDecided, DeadLetterNotFound, HandlerGone, ReplayFailed } from './messaging.error.js';
export { MessagingModule } from './messaging.module.js';
export type { MessagingOptions } from './messaging.service.js';
export {
  addManyToOutbox,
  addToOutbox,
  insertOutboxSql,
  outboxRecordset,
  type OutboxRow,
  outboxRows,
} from './outbox.js';
export { Relay } from './relay.js';
export {
  type ForeignEnds,
  type ForeignMessage,
  type ForeignTopics,
  TopicReader,
  type TopicTaker,
} from './topic-reader.js';
export { type TopicTrouble, topicTroubleOf } from './topic-trouble.js';

/** For the explicit list in a service's data-source.ts. */
export const messagingMigrations = [CreateMessaging1790000000100, AddTraceparent1790000015100];
