import { AppError, NotFound } from '@app/kernel';

export class FeedPaused extends AppError {
  override readonly code = 'INGESTION.FEED_PAUSED';
  constructor() {
    super('conflict', 'this feed is paused by an operator: its source is not asked until it is resumed');
  }
}

export class AlreadyPaused extends AppError {
  override readonly code = 'INGESTION.ALREADY_PAUSED';
  constructor() {
    super('conflict', 'it is paused already; the reason and the person of that pause stand');
  }
}

export class NotPaused extends AppError {
  override readonly code = 'INGESTION.NOT_PAUSED';
  constructor() {
    super('conflict', 'this feed or source is not paused');
  }
}

export class SourceUnknown extends NotFound {
  override readonly code = 'INGESTION.SOURCE_UNKNOWN';
  constructor() {
    super('source with a feed');
  }
}
