import { AppError } from '@app/kernel';

export class RebuildWaiting extends AppError {
  override readonly code = 'SUPERVISION.REBUILD_WAITING';
  constructor() {
    super('conflict', 'a rebuild is already waiting or under way');
  }
}
