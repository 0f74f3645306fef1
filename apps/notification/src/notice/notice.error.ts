import { AppError } from '@app/kernel';

export class NoticeNotFound extends AppError {
  override readonly code = 'NOTIFICATION.NOTICE_NOT_FOUND';
  constructor() {
    super('not-found', 'there is no such notice, or it is not yours');
  }
}
