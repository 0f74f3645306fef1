import { AppError } from '@app/kernel';

export class LetterUnknown extends AppError {
  override readonly code = 'INGESTION.LETTER_UNKNOWN';
  constructor() {
    super('not-found', 'there is no such letter');
  }
}

export class SourceUnknown extends AppError {
  override readonly code = 'INGESTION.SOURCE_UNKNOWN';
  constructor() {
    super('not-found', 'there is no such source');
  }
}

export class MonthNotOver extends AppError {
  override readonly code = 'INGESTION.MONTH_NOT_OVER';
  constructor() {
    super('conflict', 'a letter is written when its month is over');
  }
}

export class LetterIssuedAlready extends AppError {
  override readonly code = 'INGESTION.LETTER_ISSUED_ALREADY';
  constructor() {
    super('conflict', 'this letter was issued already and stays as it is');
  }
}
