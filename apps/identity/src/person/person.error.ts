import { AppError, InvalidInput } from '@app/kernel';
import type { TracedRefusal } from '@app/service';
import type { EntityManager } from 'typeorm';

export class LoginTaken extends AppError {
  override readonly code = 'IDENTITY.LOGIN_TAKEN';
  constructor() {
    super('conflict', 'this login is taken: choose another one');
  }
}

/** The old password was wrong; counted, so that a stolen session is no way to guess it. */
export class WrongOldPassword extends InvalidInput implements TracedRefusal {
  override readonly code = 'IDENTITY.WRONG_OLD_PASSWORD';
  constructor(readonly trace: (tx: EntityManager) => Promise<void>) {
    super([{ pointer: '/oldPassword', detail: 'is not your password' }]);
  }
}

export class PeopleByRegistration extends AppError {
  override readonly code = 'IDENTITY.PEOPLE_BY_REGISTRATION';
  constructor() {
    super('conflict', 'people of an enterprise come by registration, where their identity is proved');
  }
}

export class NotYourself extends AppError {
  override readonly code = 'IDENTITY.NOT_YOURSELF';
  constructor() {
    super('conflict', 'nobody suspends themselves: ask a colleague');
  }
}
