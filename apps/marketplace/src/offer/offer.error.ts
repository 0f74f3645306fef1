import { AppError, NotFound } from '@app/kernel';

export class OfferNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.OFFER_NOT_FOUND';
  constructor() {
    super('offer');
  }
}

export class OfferNotOpen extends AppError {
  override readonly code = 'MARKETPLACE.OFFER_NOT_OPEN';
  constructor(status: string) {
    super('conflict', `this offer is ${status}: only an open one can be accepted`);
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

export class NothingAccepted extends AppError {
  override readonly code = 'MARKETPLACE.NOTHING_ACCEPTED';
  constructor() {
    super('conflict', 'the enterprise has not accepted an offer of this case');
  }
}
