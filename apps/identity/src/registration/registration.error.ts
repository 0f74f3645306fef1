import { AppError, type InputFault, InvalidInput } from '@app/kernel';
import type { TracedRefusal } from '@app/service';
import type { EntityManager } from 'typeorm';

/** The registry does not bear the claim out; wrong names are counted although nothing else is done. */
export class ClaimRefused extends InvalidInput implements TracedRefusal {
  override readonly code = 'IDENTITY.CLAIM_REFUSED';
  constructor(
    { pointer, detail }: InputFault,
    readonly trace: (tx: EntityManager) => Promise<void>,
  ) {
    super([{ pointer, detail }]);
  }
}

export class EnterpriseHasAccount extends AppError {
  override readonly code = 'IDENTITY.ENTERPRISE_HAS_ACCOUNT';
  constructor() {
    super('conflict', 'this enterprise has an account: sign in, or ask the operator');
  }
}

export class RegistrationDecided extends AppError {
  override readonly code = 'IDENTITY.REGISTRATION_DECIDED';
  constructor(status: string) {
    super('conflict', `this registration is decided: ${status}`);
  }
}

export class SameOperator extends AppError {
  override readonly code = 'IDENTITY.SAME_OPERATOR';
  constructor() {
    super('conflict', 'you have approved this registration: a second operator has to');
  }
}
