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

/** The source did not give a page within the connector's tries, or said that we ask wrongly. */
export class PullFailed extends AppError {
  override readonly code = 'INGESTION.PULL_FAILED';
  constructor(why: string) {
    super('unavailable', `the source gave no page: ${why}`);
  }
}
