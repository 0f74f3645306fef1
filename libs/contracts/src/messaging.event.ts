import { defineEvent, field } from './event-definition.js';

/** The dead-letter topic of the house: for watching from outside; replay works on the table of the service. */
export const eventParked = defineEvent(
  'messaging.event.parked.v1',
  'A handler could not take an event and parked it as a dead letter, where an operator replays or discards it.',
  'handler',
  {
    handler: field.code(),
    topic: field.text(),
    eventKey: field.orNull(field.text()),
    eventId: field.orNull(field.uuid()),
    tries: field.integer(1),
    error: field.text(2_000),
    /** The event as JSON text, cut when it is very long: it may be broken. */
    event: field.text(100_000),
  },
);
