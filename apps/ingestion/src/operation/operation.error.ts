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

export class RunUnknown extends NotFound {
  override readonly code = 'INGESTION.RUN_UNKNOWN';
  constructor() {
    super('replay or rebuild');
  }
}

export class RunDecided extends AppError {
  override readonly code = 'INGESTION.RUN_DECIDED';
  constructor() {
    super('conflict', 'this was decided already, or needs no decision');
  }
}

export class RunOver extends AppError {
  override readonly code = 'INGESTION.RUN_OVER';
  constructor() {
    super('conflict', 'this is over: there is nothing left to stop');
  }
}

export class RunOpen extends AppError {
  override readonly code = 'INGESTION.RUN_OPEN';
  constructor() {
    super('conflict', 'the same is proposed or running for this feed already: decide or stop that one first');
  }
}

export class BatchOpen extends AppError {
  override readonly code = 'INGESTION.BATCH_OPEN';
  constructor() {
    super('conflict', 'this batch is still in line or being worked on');
  }
}

export class FileNotKept extends AppError {
  override readonly code = 'INGESTION.FILE_NOT_KEPT';
  constructor() {
    super('gone', 'the file of this batch is not kept any more: ask its source to deliver it again');
  }
}
