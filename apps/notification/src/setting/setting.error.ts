import { AppError } from '@app/kernel';

export class ChannelClosed extends AppError {
  override readonly code = 'NOTIFICATION.CHANNEL_CLOSED';
  constructor(channel: string) {
    super('unavailable', `this house sends no ${channel}: no server is set for it`);
  }
}

export class CodeTooSoon extends AppError {
  override readonly code = 'NOTIFICATION.CODE_TOO_SOON';
  constructor(override readonly retryAfterSeconds: number) {
    super('throttled', 'a code was sent a moment ago: wait before you ask for another one');
  }
}

export class CodeWrong extends AppError {
  override readonly code = 'NOTIFICATION.CODE_WRONG';
  constructor() {
    super('conflict', 'the code is wrong, used, or too old: ask for another one after five wrong tries');
  }
}

export class CodeNotSent extends AppError {
  override readonly code = 'NOTIFICATION.CODE_NOT_SENT';
  override readonly retryAfterSeconds = 60;
  constructor() {
    super('unavailable', 'the code could not be sent: check the address, or try again later');
  }
}
