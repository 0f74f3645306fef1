import { AppError } from '@app/kernel';

export class NotPulled extends AppError {
  override readonly code = 'INGESTION.NOT_PULLED';
  constructor() {
    super('conflict', 'no connector with an address is set up for this feed: its source sends files');
  }
}

export class PullRunning extends AppError {
  override readonly code = 'INGESTION.PULL_RUNNING';
  constructor() {
    super('conflict', 'this feed is being pulled right now');
  }
}

/** The source did not give what was asked within the connector's tries, or said that we ask wrongly. */
export class PullFailed extends AppError {
  override readonly code = 'INGESTION.PULL_FAILED';
  override readonly retryAfterSeconds?: number;
  constructor(why: string, retryAfterSeconds?: number) {
    super('unavailable', `the source gave no page: ${why}`);
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A secret or address that the declaration points to is not there. */
export class ReferenceEmpty extends AppError {
  override readonly code = 'INGESTION.REFERENCE_EMPTY';
  constructor(where: string) {
    super('unavailable', `the connector needs ${where}, which is not set or cannot be read`);
  }
}
