import { AppError, Forbidden } from '@app/kernel';

export class NotADraft extends AppError {
  override readonly code = 'MARKETPLACE.NOT_A_DRAFT';
  constructor(status: string) {
    super('conflict', `the need is ${status}: only a draft can be changed or published`);
  }
}

export class NoAuthorisation extends Forbidden {
  override readonly code = 'MARKETPLACE.NO_AUTHORISATION';
  constructor() {
    super('sign an authorisation for collection and for use before a loan first: banks must be able to look at you');
  }
}

export class TooManyOpenNeeds extends AppError {
  override readonly code = 'MARKETPLACE.TOO_MANY_OPEN_NEEDS';
  constructor(limit: number) {
    super('conflict', `${limit} needs of yours are open, which is the limit: wait for one to end or withdraw it`);
  }
}

export class TooManyDrafts extends AppError {
  override readonly code = 'MARKETPLACE.TOO_MANY_DRAFTS';
  constructor(limit: number) {
    super('conflict', `you have ${limit} drafts: publish or withdraw one first`);
  }
}

export class WithdrewTooOften extends AppError {
  override readonly code = 'MARKETPLACE.WITHDREW_TOO_OFTEN';
  constructor(until: Date) {
    super(
      'conflict',
      `you withdrew too many published needs: the next one can be published from ${until.toISOString()}`,
    );
  }
}

export class NotWithdrawable extends AppError {
  override readonly code = 'MARKETPLACE.NOT_WITHDRAWABLE';
  constructor(status: string) {
    super('conflict', `the need is ${status}: it can be withdrawn until an offer is accepted`);
  }
}

export class NotExtendable extends AppError {
  override readonly code = 'MARKETPLACE.NOT_EXTENDABLE';
  constructor(why: string) {
    super('conflict', `the need cannot be extended: ${why}`);
  }
}

export class NotRepeatable extends AppError {
  override readonly code = 'MARKETPLACE.NOT_REPEATABLE';
  constructor() {
    super('conflict', 'only a need that has ended without money can be repeated');
  }
}

export class RepeatedAlready extends AppError {
  override readonly code = 'MARKETPLACE.REPEATED_ALREADY';
  constructor() {
    super('conflict', 'a later version of this need has been published already');
  }
}

/** The bank that is to look first could not look at all. */
export class FirstLookNotCovered extends Forbidden {
  override readonly code = 'MARKETPLACE.FIRST_LOOK_NOT_COVERED';
  constructor() {
    super('your authorisation does not name the bank that is to look first: name it there, or open the need to all');
  }
}
