import { AppError, InvalidInput, NotFound } from '@app/kernel';

export class OfferNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.OFFER_NOT_FOUND';
  constructor() {
    super('offer');
  }
}

export class OfferNotOpen extends AppError {
  override readonly code = 'MARKETPLACE.OFFER_NOT_OPEN';
  constructor(status: string, wanted: 'accepted' | 'taken back') {
    super('conflict', `this offer is ${status}: only an open one can be ${wanted}`);
  }
}

export class OfferExpired extends AppError {
  override readonly code = 'MARKETPLACE.OFFER_EXPIRED';
  constructor(validTo: string) {
    super('gone', `this offer was valid until ${validTo}`);
  }
}

export class AcceptedTooMuch extends AppError {
  override readonly code = 'MARKETPLACE.ACCEPTED_TOO_MUCH';
  constructor() {
    super('conflict', 'with this offer more would be accepted than you need');
  }
}

export class NothingToComplete extends AppError {
  override readonly code = 'MARKETPLACE.NOTHING_TO_COMPLETE';
  constructor() {
    super('conflict', 'only a need on the board with a part of it accepted can be ended with that part');
  }
}

export class NothingAccepted extends AppError {
  override readonly code = 'MARKETPLACE.NOTHING_ACCEPTED';
  constructor() {
    super('conflict', 'the enterprise has not accepted an offer of this case');
  }
}

export class NoLpr extends InvalidInput {
  override readonly code = 'MARKETPLACE.NO_LPR';
  constructor(tenor: string) {
    super([{ pointer: '/lpr/tenor', detail: `no ${tenor} LPR is known for today` }]);
  }
}

export class RateOutOfBounds extends InvalidInput {
  override readonly code = 'MARKETPLACE.RATE_OUT_OF_BOUNDS';
  constructor(rateBp: number) {
    super([{ pointer: '/lpr/spreadBp', detail: `comes to ${rateBp} basis points a year` }]);
  }
}

export class DisbursementNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.DISBURSEMENT_NOT_FOUND';
  constructor() {
    super('disbursement');
  }
}

export class AlreadyCorrected extends AppError {
  override readonly code = 'MARKETPLACE.ALREADY_CORRECTED';
  constructor() {
    super('conflict', 'this report was corrected before: correct the entry that replaced it');
  }
}

export class QuoteNotCompared extends AppError {
  override readonly code = 'MARKETPLACE.QUOTE_NOT_COMPARED';
  constructor() {
    super('conflict', 'a rate counts as compared once another person has entered the same rate for that day before');
  }
}
