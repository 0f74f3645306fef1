import { AppError } from '@app/kernel';

export class TooManyAttempts extends AppError {
  override readonly code = 'IDENTITY.TOO_MANY_ATTEMPTS';
  constructor(override readonly retryAfterSeconds: number) {
    super('throttled', `too many wrong attempts: the next one is heard in ${retryAfterSeconds} seconds`);
  }
}

export class TooBusy extends AppError {
  override readonly code = 'IDENTITY.TOO_BUSY';
  override readonly retryAfterSeconds = 5;
  constructor() {
    super('unavailable', 'too many people are signing in at this moment: try again in a few seconds');
  }
}
