import { AppError } from '@app/kernel';

export class FlagNotFound extends AppError {
  override readonly code = 'MARKETPLACE.FLAG_NOT_FOUND';
  constructor() {
    super('not-found', 'there is no such flag');
  }
}

export class FlagDecided extends AppError {
  override readonly code = 'MARKETPLACE.FLAG_DECIDED';
  constructor(state: string) {
    super('conflict', `the flag is ${state} already`);
  }
}

export class PledgeNotFound extends AppError {
  override readonly code = 'MARKETPLACE.PLEDGE_NOT_FOUND';
  constructor() {
    super('not-found', 'there is no such case or pledge, or it is not your institution’s');
  }
}

export class PledgeRegistered extends AppError {
  override readonly code = 'MARKETPLACE.PLEDGE_REGISTERED';
  constructor() {
    super('conflict', 'your institution has registered this asset already: release it first');
  }
}

export class CaseHasEnded extends AppError {
  override readonly code = 'MARKETPLACE.CASE_HAS_ENDED';
  constructor() {
    super('conflict', 'the case has ended without a loan: nothing is pledged for it');
  }
}

export class TooManyPledges extends AppError {
  override readonly code = 'MARKETPLACE.TOO_MANY_PLEDGES';
  constructor(what: string) {
    super('throttled', `no more than ${what}`);
  }
}
