import { AppError, NotFound } from '@app/kernel';

export class FeedUnknown extends NotFound {
  override readonly code = 'INGESTION.FEED_UNKNOWN';
  constructor() {
    super('feed');
  }
}

export class NotYourFeed extends AppError {
  override readonly code = 'INGESTION.NOT_YOUR_FEED';
  constructor() {
    super('forbidden', 'a source may deliver and see only its own feeds');
  }
}

/** For operators, who can mend the files: the message names file and fault. */
export class ContractsBroken extends AppError {
  override readonly code = 'INGESTION.CONTRACTS_BROKEN';
  constructor(why: string) {
    super('conflict', `the contracts on disk cannot be taken up, those in force stay: ${why}`);
  }
}
