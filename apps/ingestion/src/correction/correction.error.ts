import { AppError, NotFound } from '@app/kernel';

export class CodeAllowedAlready extends AppError {
  override readonly code = 'INGESTION.CODE_ALLOWED_ALREADY';
  constructor() {
    super('conflict', 'this code is on the allow-list already');
  }
}

export class CodeNotAllowed extends NotFound {
  override readonly code = 'INGESTION.CODE_NOT_ALLOWED';
  constructor() {
    super('code on the allow-list');
  }
}
