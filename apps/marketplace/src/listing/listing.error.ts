import { AppError, Forbidden, NotFound } from '@app/kernel';

import type { TakeUpRefusal } from './listing.rules.js';

export class ListingNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.LISTING_NOT_FOUND';
  constructor() {
    super('list');
  }
}

export class ListingEntryNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.LISTING_ENTRY_NOT_FOUND';
  constructor() {
    super('entry of a list');
  }
}

export class TakeUpNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.TAKE_UP_NOT_FOUND';
  constructor() {
    super('take-up');
  }
}

export class ListingNotMovable extends AppError {
  override readonly code = 'MARKETPLACE.LISTING_NOT_MOVABLE';
  constructor(status: string) {
    super('conflict', `the list is ${status}`);
  }
}

export class TakeUpNotMovable extends AppError {
  override readonly code = 'MARKETPLACE.TAKE_UP_NOT_MOVABLE';
  constructor(from: string, to: string) {
    super('conflict', `a take-up that is ${from} does not become ${to}`);
  }
}

const refusals: Record<TakeUpRefusal, string> = {
  NOT_OPEN: 'the list is not open today',
  NOT_CONSENTED: 'the enterprise has not agreed to be shown',
  ALREADY_TAKEN_UP: 'your bank has taken this entry up before',
  ENTRY_FULL: 'all places of this entry are taken',
  TOO_MANY_OPEN: 'your bank has as many open take-ups on this list as it may: bring one to an end first',
};

export class TakeUpRefused extends AppError {
  override readonly code: string;
  constructor(refusal: TakeUpRefusal) {
    super('conflict', refusals[refusal]);
    this.code = `MARKETPLACE.${refusal}`;
  }
}

export class NotForListing extends Forbidden {
  override readonly code = 'MARKETPLACE.NOT_FOR_LISTING';
  constructor() {
    super('figures of a list are for the department that published it and for the operator');
  }
}
