import { AppError, InvalidInput } from '@app/kernel';

export class OwnerAlready extends InvalidInput {
  override readonly code = 'MARKETPLACE.OWNER_ALREADY';
  constructor() {
    super([{ pointer: '/personId', detail: 'has this case already' }]);
  }
}

/** The clock decides and not the job that follows it: nobody keeps a place for the minute in which it was not looked at. */
export class DeadlinePassed extends AppError {
  override readonly code = 'MARKETPLACE.DEADLINE_PASSED';
  constructor(at: Date) {
    super('conflict', `the deadline of this case passed at ${at.toISOString()}: its place is being taken back`);
  }
}
