import { AppError, NotFound } from '@app/kernel';

export class NotInLine extends NotFound {
  override readonly code = 'MARKETPLACE.NOT_IN_LINE';
  constructor() {
    super('entry of your institution for this need');
  }
}

export class PlacesLeft extends AppError {
  override readonly code = 'MARKETPLACE.PLACES_LEFT';
  constructor() {
    super('conflict', 'this need has a place for you now: take it instead of waiting');
  }
}

/** In a fair window a bank enters the draw, and what is left of it goes into the line. */
export class FairWindowOpen extends AppError {
  override readonly code = 'MARKETPLACE.FAIR_WINDOW_OPEN';
  constructor() {
    super('conflict', 'the fair window of this need is open: grab it, and you take part in the draw');
  }
}

export class LineFull extends AppError {
  override readonly code = 'MARKETPLACE.LINE_FULL';
  constructor(limit: number) {
    super('conflict', limit === 0 ? 'needs have no line' : `${limit} banks wait for this need already`);
  }
}

export class WaitingLimit extends AppError {
  override readonly code = 'MARKETPLACE.WAITING_LIMIT';
  constructor(limit: number) {
    super('conflict', `your institution waits for ${limit} needs already, which is the limit`);
  }
}
