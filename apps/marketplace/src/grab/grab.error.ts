import { NotSignedIn, WrongRole } from '@app/auth';
import { AppError, Forbidden, type InputFault, InvalidInput, NotFound } from '@app/kernel';
import { CommandInProgress, IdempotencyKeyReused } from '@app/service';

import { type ApprovedValue, dimensions } from '../limit/limit.rules.js';
import { NotAMember } from '../product/product.error.js';
import type { Refusal, RefusalCode } from './lane.rules.js';

/** Names the change of a limit that refused, so that whoever asks the operator can point at it. */
function said(applied?: ApprovedValue): string {
  if (!applied) return '';
  const { what, version, scope } = applied;
  const named = dimensions.filter((one) => scope && scope[one] !== null);
  const where = named.map((one) => ` for ${one} ${scope![one]}`).join('');
  return ` (${what}, version ${version}${where})`;
}

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
  constructor(limit: number, applied?: ApprovedValue) {
    super('conflict', `all ${limit} places of this need are taken, or kept for banks in line${said(applied)}`);
  }
}

export class AmountExhausted extends AppError {
  override readonly code = 'MARKETPLACE.AMOUNT_EXHAUSTED';
  constructor(applied?: ApprovedValue) {
    super('conflict', `other banks already intend as much as this need allows: try a smaller amount${said(applied)}`);
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
  constructor(limit: number, daily: boolean, applied?: ApprovedValue) {
    const what = daily ? 'grabs today' : 'open cases';
    super('conflict', `your institution has ${limit} ${what}, which is the limit${said(applied)}`);
  }
}

export class ManagerLimit extends AppError {
  override readonly code = 'MARKETPLACE.MANAGER_LIMIT';
  constructor(limit: number, daily = false, applied?: ApprovedValue) {
    const what = daily ? 'grabs today' : 'open cases';
    super('conflict', `the account manager has ${limit} ${what}, which is the limit${said(applied)}`);
  }
}

export class CoolingDown extends Forbidden {
  override readonly code = 'MARKETPLACE.COOLING_DOWN';
  constructor(until: Date) {
    super(`your institution let too many cases lapse and may grab again after ${until.toISOString()}`);
  }
}

/** A directed bank, or the enterprise's main bank, looks first; nobody learns which one it is. */
export class ExclusiveWindow extends AppError {
  override readonly code = 'MARKETPLACE.EXCLUSIVE_WINDOW';
  constructor(until: Date) {
    super('conflict', `one bank may look at this need first: it opens to others after ${until.toISOString()}`);
  }
}

export class DrawPending extends AppError {
  override readonly code = 'MARKETPLACE.DRAW_PENDING';
  override readonly retryAfterSeconds = 2;
  constructor() {
    super('conflict', 'the fair window has closed and its places are being drawn: look again in a moment');
  }
}

export class AlreadyQueued extends AppError {
  override readonly code = 'MARKETPLACE.ALREADY_QUEUED';
  constructor() {
    super('conflict', 'your institution has entered the draw of this need, or waits in its line already');
  }
}

export class DrawQuota extends AppError {
  override readonly code = 'MARKETPLACE.DRAW_QUOTA';
  constructor(limit: number) {
    super('conflict', `your institution has drawn ${limit} places today, which is its quota`);
  }
}

/** The client decided by limits that have changed since. */
export class StaleLimits extends AppError {
  override readonly code = 'MARKETPLACE.STALE_LIMITS';
  override readonly errors: InputFault[];
  constructor(version: number) {
    super('conflict', `the limits have changed: version ${version} is in force now`);
    this.errors = [{ pointer: '/limitVersion', detail: String(version) }];
  }
}

/** The clock of this copy of the service is wrong: what it decided would be dated before the need itself. */
export class ClockSkew extends AppError {
  override readonly code = 'MARKETPLACE.CLOCK_SKEW';
  override readonly retryAfterSeconds = 5;
  constructor() {
    super('unavailable', 'the need was published in the future of this clock; nothing was done');
  }
}

/** A script that asks faster than anybody reads; the market goes on for the others. */
export class TooManyRequests extends AppError {
  override readonly code = 'MARKETPLACE.TOO_MANY_REQUESTS';
  override readonly retryAfterSeconds = 1;
  constructor(who: string, limit: number) {
    super('throttled', `${who} sent more than ${limit} grabs within a second`);
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
  CLOCK_SKEW: () => new ClockSkew(),
  EXCLUSIVE_WINDOW: ({ until }) => new ExclusiveWindow(until!),
  STALE_LIMITS: ({ version }) => new StaleLimits(version!),
  HOUSEHOLD_LIMIT: ({ applied }) =>
    new InvalidInput([
      { pointer: '/intendedFen', detail: `is more than your institution may lend to one household${said(applied)}` },
    ]),
  DRAW_PENDING: () => new DrawPending(),
  ALREADY_QUEUED: () => new AlreadyQueued(),
  DRAW_QUOTA: ({ limit }) => new DrawQuota(limit!),
  INTENDED_ABOVE_BAND: () =>
    new InvalidInput([{ pointer: '/intendedFen', detail: 'is more than any need of this amount band' }]),
  INTENDED_TOO_MUCH: () => new InvalidInput([{ pointer: '/intendedFen', detail: 'is more than the enterprise needs' }]),
  NEED_FULL: ({ limit, applied }) => new NeedFull(limit!, applied),
  AMOUNT_EXHAUSTED: ({ applied }) => new AmountExhausted(applied),
  ALREADY_GRABBED: () => new AlreadyGrabbed(),
  INSTITUTION_LIMIT: ({ limit, daily, applied }) => new InstitutionLimit(limit!, daily ?? false, applied),
  MANAGER_LIMIT: ({ limit, daily, applied }) => new ManagerLimit(limit!, daily ?? false, applied),
};

/** The named error of a refusal. */
export const refusalError = (refusal: Refusal): AppError => errorOf[refusal.code](refusal);
