import { AppError } from '@app/kernel';

export class TooManyStreams extends AppError {
  override readonly code = 'NOTIFICATION.TOO_MANY_STREAMS';
  override readonly retryAfterSeconds = 30;
  constructor(max: number) {
    super('throttled', `${max} streams of this person are open already: close one of the windows`);
  }
}
