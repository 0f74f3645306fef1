import { AppError, InvalidInput, NotFound } from '@app/kernel';

import type { BelowGranted } from './granted.rules.js';

export class LimitChangeNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.LIMIT_CHANGE_NOT_FOUND';
  constructor() {
    super('change of a limit');
  }
}

export class OwnLimitChange extends AppError {
  override readonly code = 'MARKETPLACE.OWN_LIMIT_CHANGE';
  constructor() {
    super('forbidden', 'another operator must decide on a change that you proposed');
  }
}

export class LimitChangeDecided extends AppError {
  override readonly code = 'MARKETPLACE.LIMIT_CHANGE_DECIDED';
  constructor(status: string) {
    super('conflict', `this change is ${status} already`);
  }
}

export class LimitBelowGranted extends AppError {
  override readonly code = 'MARKETPLACE.LIMIT_BELOW_GRANTED';
  constructor(below: readonly BelowGranted[]) {
    const parts = below.map(({ what, limit, granted }) => `${what} would be ${limit}, and ${granted} is granted now`);
    super('conflict', `a limit is never set below what is granted: ${parts.join('; ')}`);
  }
}

/** An override for something that is not there would be approved and never hold: each says what is missing. */
export class NoSuchDistrict extends InvalidInput {
  override readonly code = 'MARKETPLACE.NO_SUCH_DISTRICT';
  constructor(fault: string) {
    super([{ pointer: '/district', detail: fault }]);
  }
}

export class NoSuchProduct extends InvalidInput {
  override readonly code = 'MARKETPLACE.NO_SUCH_PRODUCT';
  constructor() {
    super([{ pointer: '/productId', detail: 'is no product on the shelf, and no need on the board asks for it' }]);
  }
}

export class NoSuchInstitution extends InvalidInput {
  override readonly code = 'MARKETPLACE.NO_SUCH_INSTITUTION';
  constructor() {
    super([{ pointer: '/institution', detail: 'is not the code of an institution' }]);
  }
}

export class NoSuchOverride extends InvalidInput {
  override readonly code = 'MARKETPLACE.NO_SUCH_OVERRIDE';
  constructor() {
    super([{ pointer: '/value', detail: 'null ends an override, and there is none of this scope by that day' }]);
  }
}
