import { AppError, NotFound } from '@app/kernel';

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
