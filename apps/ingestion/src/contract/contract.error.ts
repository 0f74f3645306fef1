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
