import { AppError } from '@app/kernel';

export class NotSignedIn extends AppError {
  override readonly code = 'AUTH.NOT_SIGNED_IN';
  constructor(why = 'sign in first: no valid access token came with the request') {
    super('unauthenticated', why);
  }
}

export class WrongRole extends AppError {
  override readonly code = 'AUTH.WRONG_ROLE';
  constructor(needed: readonly string[]) {
    super('forbidden', `this needs one of the roles ${needed.join(', ')}`);
  }
}

export class ForeignOrigin extends AppError {
  override readonly code = 'AUTH.FOREIGN_ORIGIN';
  constructor() {
    super('forbidden', 'a cookie may act only from the portal itself: the Origin of this request is another one');
  }
}

export class PasswordChangeDue extends AppError {
  override readonly code = 'AUTH.PASSWORD_CHANGE_DUE';
  constructor() {
    super('forbidden', 'change your first password before anything else: POST /api/identity/me/password');
  }
}

export class IdentityNotProved extends AppError {
  override readonly code = 'AUTH.IDENTITY_NOT_PROVED';
  constructor() {
    super('forbidden', 'the identity of this account is still being checked: it can sign and publish nothing yet');
  }
}
