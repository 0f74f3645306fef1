import { AppError, Forbidden, NotFound } from '@app/kernel';

export class RecordUnknown extends NotFound {
  override readonly code = 'INGESTION.RECORD_UNKNOWN';
  constructor() {
    super('record');
  }
}

export class CorrectionUnknown extends NotFound {
  override readonly code = 'INGESTION.CORRECTION_UNKNOWN';
  constructor() {
    super('correction');
  }
}

/** The record is another than the one that was looked at. */
export class RecordChanged extends AppError {
  override readonly code = 'INGESTION.RECORD_CHANGED';
  constructor() {
    super('conflict', 'the source has sent another version of this record, or withdrawn it: look at it again');
  }
}

export class CorrectionOpen extends AppError {
  override readonly code = 'INGESTION.CORRECTION_OPEN';
  constructor() {
    super('conflict', 'a correction of this record is proposed or in force already');
  }
}

export class NotToDecide extends AppError {
  override readonly code = 'INGESTION.NOT_TO_DECIDE';
  constructor() {
    super('conflict', 'there is nothing to decide, or nothing to take back: somebody else was earlier');
  }
}

export class SamePerson extends Forbidden {
  override readonly code = 'INGESTION.SAME_PERSON';
  constructor() {
    super('two people: whoever proposed may not decide');
  }
}
