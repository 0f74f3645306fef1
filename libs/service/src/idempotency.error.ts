import { AppError } from '@app/kernel';

export class IdempotencyKeyMissing extends AppError {
  override readonly code = 'IDEMPOTENCY.KEY_MISSING';
  constructor() {
    super('malformed', 'a command needs the header Idempotency-Key: 1 to 200 visible characters, new for each act');
  }
}

export class IdempotencyKeyReused extends AppError {
  override readonly code = 'IDEMPOTENCY.KEY_REUSED';
  constructor() {
    super('invalid', 'this Idempotency-Key was used for another request: take a new key for a new act');
  }
}

export class CommandInProgress extends AppError {
  override readonly code = 'IDEMPOTENCY.IN_PROGRESS';
  override readonly retryAfterSeconds = 1;
  constructor() {
    super('conflict', 'the same request is being worked on: ask again in a moment with the same key');
  }
}
