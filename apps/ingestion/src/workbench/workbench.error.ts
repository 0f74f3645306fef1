import { AppError, NotFound } from '@app/kernel';

export class RowUnknown extends NotFound {
  override readonly code = 'INGESTION.ROW_UNKNOWN';
  constructor() {
    super('row that was set aside');
  }
}

export class ActUnknown extends NotFound {
  override readonly code = 'INGESTION.ACT_UNKNOWN';
  constructor() {
    super('act');
  }
}

export class RowSettled extends AppError {
  override readonly code = 'INGESTION.ROW_SETTLED';
  constructor() {
    super('conflict', 'a row among these is settled already, or proposed to be: somebody was earlier');
  }
}

export class NotMendable extends AppError {
  override readonly code = 'INGESTION.NOT_MENDABLE';
  constructor() {
    super('conflict', 'a row among these can only be delivered again: it was refused, or its cells were not kept');
  }
}

export class NotAcceptable extends AppError {
  override readonly code = 'INGESTION.NOT_ACCEPTABLE';
  constructor() {
    super('conflict', 'the contract lets nobody accept what is wrong with a row among these');
  }
}

export class OneFeed extends AppError {
  override readonly code = 'INGESTION.ONE_FEED';
  constructor() {
    super('conflict', 'rows of one feed at a time');
  }
}

export class NothingChosen extends AppError {
  override readonly code = 'INGESTION.NOTHING_CHOSEN';
  constructor() {
    super('conflict', 'there is no open row with this reason that this would settle');
  }
}

export class AlreadyDecided extends AppError {
  override readonly code = 'INGESTION.ALREADY_DECIDED';
  constructor() {
    super('conflict', 'this was decided already, or needs no decision');
  }
}
