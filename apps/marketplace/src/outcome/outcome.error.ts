import { AppError, NotFound } from '@app/kernel';

export class StillRunning extends AppError {
  override readonly code = 'MARKETPLACE.STILL_RUNNING';
  constructor() {
    super('conflict', 'this case is still running: rate the bank when it has ended');
  }
}

export class RatedAlready extends AppError {
  override readonly code = 'MARKETPLACE.RATED_ALREADY';
  constructor() {
    super('conflict', 'you have rated this bank for this need already');
  }
}

export class ComplaintNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.COMPLAINT_NOT_FOUND';
  constructor() {
    super('complaint');
  }
}

export class ComplaintPending extends AppError {
  override readonly code = 'MARKETPLACE.COMPLAINT_PENDING';
  constructor() {
    super('conflict', 'a complaint about this case is under way already');
  }
}

export class ComplaintState extends AppError {
  override readonly code = 'MARKETPLACE.COMPLAINT_STATE';
  constructor(status: string) {
    super('conflict', `this complaint is ${status}`);
  }
}

export class AnswerAwaited extends AppError {
  override readonly code = 'MARKETPLACE.ANSWER_AWAITED';
  constructor(answerBy: Date) {
    super('conflict', `the bank may answer until ${answerBy.toISOString()}`);
  }
}
