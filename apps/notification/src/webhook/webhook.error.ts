import { AppError } from '@app/kernel';

export class EndpointNotFound extends AppError {
  override readonly code = 'NOTIFICATION.WEBHOOK_NOT_FOUND';
  constructor() {
    super('not-found', 'there is no such webhook or message, or it is not your institution’s');
  }
}

export class TooManyEndpoints extends AppError {
  override readonly code = 'NOTIFICATION.TOO_MANY_WEBHOOKS';
  constructor(max: number) {
    super('conflict', `an institution has at most ${max} webhooks: remove one first`);
  }
}

export class MessageUnderWay extends AppError {
  override readonly code = 'NOTIFICATION.MESSAGE_UNDER_WAY';
  constructor() {
    super('conflict', 'the message is queued or being sent already');
  }
}
