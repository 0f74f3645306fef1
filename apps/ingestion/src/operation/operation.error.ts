import { AppError, NotFound } from '@app/kernel';

/** While a feed is paused with REFUSE nothing is taken; senders come again later. */
export class FeedPaused extends AppError {
  override readonly code = 'INGESTION.FEED_PAUSED';
  override readonly retryAfterSeconds = 600;
  constructor() {
    super('unavailable', 'deliveries of this feed are paused by the operator: nothing was taken, send it again later');
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
    super('source');
  }
}

export class FileNotKept extends AppError {
  override readonly code = 'INGESTION.FILE_NOT_KEPT';
  constructor() {
    super('gone', 'the file of this batch is not kept any more: ask its source to deliver it again');
  }
}

export class BatchStillOpen extends AppError {
  override readonly code = 'INGESTION.BATCH_STILL_OPEN';
  constructor() {
    super('conflict', 'this batch is still being worked on');
  }
}

export class OperationUnknown extends NotFound {
  override readonly code = 'INGESTION.OPERATION_UNKNOWN';
  constructor() {
    super('operation');
  }
}

export class OperationDecided extends AppError {
  override readonly code = 'INGESTION.OPERATION_DECIDED';
  constructor() {
    super('conflict', 'this operation was decided already');
  }
}

export class OwnOperation extends AppError {
  override readonly code = 'INGESTION.OWN_OPERATION';
  constructor() {
    super('forbidden', 'whoever proposes an operation cannot approve it: another operator must');
  }
}

export class GapUnknown extends NotFound {
  override readonly code = 'INGESTION.GAP_UNKNOWN';
  constructor() {
    super('open gap of this feed');
  }
}
