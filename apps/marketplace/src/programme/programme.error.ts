import { AppError, NotFound } from '@app/kernel';

export class ProgrammeNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.PROGRAMME_NOT_FOUND';
  constructor() {
    super('programme');
  }
}

export class ProgrammeClosed extends AppError {
  override readonly code = 'MARKETPLACE.PROGRAMME_CLOSED';
  constructor() {
    super('conflict', 'the programme takes no more subscriptions');
  }
}

export class ProgrammeCodeTaken extends AppError {
  override readonly code = 'MARKETPLACE.PROGRAMME_CODE_TAKEN';
  constructor() {
    super('conflict', 'a programme has this code already');
  }
}

export class AlreadySubscribed extends AppError {
  override readonly code = 'MARKETPLACE.ALREADY_SUBSCRIBED';
  constructor() {
    super('conflict', 'your institution has a product of this programme: edit that one, or withdraw it first');
  }
}
