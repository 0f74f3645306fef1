import { AppError } from '@app/kernel';

export class WrongCredentials extends AppError {
  override readonly code = 'IDENTITY.WRONG_CREDENTIALS';
  constructor() {
    super('unauthenticated', 'login or password is wrong');
  }
}

/** Told only to whoever knew the password. */
export class AccountSuspended extends AppError {
  override readonly code = 'IDENTITY.ACCOUNT_SUSPENDED';
  constructor() {
    super('forbidden', 'this account is suspended: ask the administrator of your organisation or the operator');
  }
}

export class RefreshRefused extends AppError {
  override readonly code = 'IDENTITY.REFRESH_REFUSED';
  constructor() {
    super('unauthenticated', 'the session has ended or its refresh token is not valid: sign in again');
  }
}

/** Two holders of one refresh token: one of them is a thief, and nobody can say which. */
export class RefreshReused extends AppError {
  override readonly code = 'IDENTITY.REFRESH_REUSED';
  constructor() {
    super('unauthenticated', 'this refresh token was used before: the session is ended, sign in again');
  }
}
