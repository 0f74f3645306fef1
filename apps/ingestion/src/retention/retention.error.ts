import { AppError, NotFound } from '@app/kernel';

export class HoldUnknown extends NotFound {
  override readonly code = 'INGESTION.HOLD_UNKNOWN';
  constructor() {
    super('hold');
  }
}

export class HoldReleased extends AppError {
  override readonly code = 'INGESTION.HOLD_RELEASED';
  constructor() {
    super('conflict', 'this hold was released already');
  }
}
