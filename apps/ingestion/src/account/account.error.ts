import { AppError } from '@app/kernel';

export class NoAccounts extends AppError {
  override readonly code = 'INGESTION.NO_ACCOUNTS';
  constructor() {
    super('conflict', 'the rows of this feed name no account: each must carry its code');
  }
}
