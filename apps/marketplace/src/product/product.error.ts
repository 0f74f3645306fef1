import { AppError, Forbidden, NotFound } from '@app/kernel';

export class ProductNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.PRODUCT_NOT_FOUND';
  constructor() {
    super('product');
  }
}

export class ProductWithdrawn extends AppError {
  override readonly code = 'MARKETPLACE.PRODUCT_WITHDRAWN';
  constructor() {
    super('conflict', 'the product is off the shelf: offer a new one');
  }
}

export class ProductNotMovable extends AppError {
  override readonly code = 'MARKETPLACE.PRODUCT_NOT_MOVABLE';
  constructor(status: string) {
    super('conflict', `the product is ${status} already`);
  }
}

/** The credit database and the marketplace are two memberships [seed L98, L100]. */
export class NotAMember extends Forbidden {
  override readonly code = 'MARKETPLACE.NOT_A_MEMBER';
  constructor() {
    super('your institution has no marketplace membership');
  }
}
