import { AppError } from '@app/kernel';

export class MonthNotScored extends AppError {
  override readonly code = 'MARKETPLACE.MONTH_NOT_SCORED';
  constructor(month: string) {
    super('not-found', `there are no published scores of ${month}`);
  }
}

export class MonthPublished extends AppError {
  override readonly code = 'MARKETPLACE.MONTH_PUBLISHED';
  constructor(month: string) {
    super('conflict', `the scores of ${month} are published and stay as they are`);
  }
}

export class MonthNotOver extends AppError {
  override readonly code = 'MARKETPLACE.MONTH_NOT_OVER';
  constructor(month: string) {
    super('conflict', `${month} is not over yet`);
  }
}
