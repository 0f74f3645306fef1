import { AppError, NotFound } from '@app/kernel';

export class DeadLetterNotFound extends NotFound {
  override readonly code = 'MESSAGING.DEAD_LETTER_NOT_FOUND';
  constructor() {
    super('dead letter');
  }
}

/** Replayed and discarded letters are history. */
export class DeadLetterDecided extends AppError {
  override readonly code = 'MESSAGING.DEAD_LETTER_DECIDED';
  constructor(state: string) {
    super('conflict', `this dead letter is ${state} already`);
  }
}

export class ReplayFailed extends AppError {
  override readonly code = 'MESSAGING.REPLAY_FAILED';
  constructor(readonly reason: string) {
    super('conflict', `the event failed again and stays parked: ${reason}`);
  }
}

/** The letter belongs to a handler that this release does not have. */
export class HandlerGone extends AppError {
  override readonly code = 'MESSAGING.HANDLER_GONE';
  constructor(handler: string) {
    super('gone', `there is no handler ${handler} any more: the letter can only be discarded`);
  }
}

/** The process ends: what was to be published stays in the outbox, and the next relay publishes it. */
export class BusClosed extends AppError {
  override readonly code = 'MESSAGING.BUS_CLOSED';
  constructor() {
    super('unavailable', 'the bus is closed');
  }
}
