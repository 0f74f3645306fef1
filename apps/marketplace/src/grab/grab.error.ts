import { NotSignedIn, WrongRole } from '@app/auth';
import { AppError, Forbidden, InvalidInput, NotFound } from '@app/kernel';
import { CommandInProgress, IdempotencyKeyReused } from '@app/service';

import { NotAMember } from '../product/product.error.js';
import type { Refusal, RefusalCode } from './lane.rules.js';

export class NeedNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.NEED_NOT_FOUND';
  constructor() {
    super('financing need');
  }
}

export class GrabNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.GRAB_NOT_FOUND';
  constructor() {
    super('case');
  }
}

export class NeedClosed extends AppError {
  override readonly code = 'MARKETPLACE.NEED_CLOSED';
  constructor() {
    super('gone', 'this need is no longer open');
  }
}

export class NeedFull extends AppError {
  override readonly code = 'MARKETPLACE.NEED_FULL';
  constructor(limit: number) {
    super('conflict', `all ${limit} places of this need are taken`);
  }
}

export class AmountExhausted extends AppError {
  override readonly code = 'MARKETPLACE.AMOUNT_EXHAUSTED';
  constructor() {
    super('conflict', 'other banks already intend as much as this need allows: try a smaller amount');
  }
}

export class AlreadyGrabbed extends AppError {
  override readonly code = 'MARKETPLACE.ALREADY_GRABBED';
  constructor() {
    super('conflict', 'your institution holds or held a place of this need; each bank may take one place once');
  }
}

export class InstitutionLimit extends AppError {
  override readonly code = 'MARKETPLACE.INSTITUTION_LIMIT';
  constructor(limit: number, daily: boolean) {
    super('conflict', `your institution has ${limit} ${daily ? 'grabs today' : 'open cases'}, which is the limit`);
  }
}

export class ManagerLimit extends AppError {
  override readonly code = 'MARKETPLACE.MANAGER_LIMIT';
  constructor(limit: number, daily = false) {
    super('conflict', `the account manager has ${limit} ${daily ? 'grabs today' : 'open cases'}, which is the limit`);
  }
}

export class CoolingDown extends Forbidden {
  override readonly code = 'MARKETPLACE.COOLING_DOWN';
  constructor(until: Date) {
    super(`your institution let too many cases lapse and may grab again after ${until.toISOString()}`);
  }
}

export class InstitutionNotCovered extends Forbidden {
  override readonly code = 'MARKETPLACE.INSTITUTION_NOT_COVERED';
  constructor() {
    super('the enterprise’s authorisation does not name your institution');
  }
}

/** Nothing is known to be done; the same request with the same key is safe, whatever happened. */
export class LaneUnavailable extends AppError {
  override readonly code = 'MARKETPLACE.UNAVAILABLE';
  override readonly retryAfterSeconds = 1;
  constructor() {
    super('unavailable', 'the grab could not be decided right now: send it again with the same Idempotency-Key');
  }
}

/** The state that a case is in does not allow the act. */
export class WrongState extends AppError {
  override readonly code = 'MARKETPLACE.WRONG_STATE';
  constructor(what: string, status: string, wanted: string) {
    super('conflict', `the ${what} is ${status}: it cannot become ${wanted}`);
  }
}

export class ContactFirst extends AppError {
  override readonly code = 'MARKETPLACE.CONTACT_FIRST';
  constructor() {
    super('conflict', 'record your first contact with the enterprise before you make an offer');
  }
}

/** 首问负责: whoever answered first owns the case. */
export class NotTheResponder extends Forbidden {
  override readonly code = 'MARKETPLACE.NOT_THE_RESPONDER';
  constructor() {
    super('a colleague of yours owns this case: ask for a transfer');
  }
}

export class NoSuchColleague extends InvalidInput {
  override readonly code = 'MARKETPLACE.NO_SUCH_COLLEAGUE';
  constructor() {
    super([{ pointer: '/personId', detail: 'is not an account manager of your institution' }]);
  }
}

const errorOf: Record<RefusalCode, (refusal: Refusal) => AppError> = {
  KEY_REUSED: () => new IdempotencyKeyReused(),
  IN_PROGRESS: () => new CommandInProgress(),
  NOT_SIGNED_IN: () => new NotSignedIn('the session has ended: sign in again'),
  WRONG_ROLE: () => new WrongRole(['account-manager']),
  NOT_A_MEMBER: () => new NotAMember(),
  COOLING_DOWN: ({ until }) => new CoolingDown(until!),
  NEED_NOT_FOUND: () => new NeedNotFound(),
  NEED_CLOSED: () => new NeedClosed(),
  INSTITUTION_NOT_COVERED: () => new InstitutionNotCovered(),
  INTENDED_TOO_MUCH: () => new InvalidInput([{ pointer: '/intendedFen', detail: 'is more than the enterprise needs' }]),
  NEED_FULL: ({ limit }) => new NeedFull(limit!),
  AMOUNT_EXHAUSTED: () => new AmountExhausted(),
  ALREADY_GRABBED: () => new AlreadyGrabbed(),
  INSTITUTION_LIMIT: ({ limit, daily }) => new InstitutionLimit(limit!, daily ?? false),
  MANAGER_LIMIT: ({ limit, daily }) => new ManagerLimit(limit!, daily ?? false),
};

/** The named error of a refusal. */
export const refusalError = (refusal: Refusal): AppError => errorOf[refusal.code](refusal);
