import { AppError, NotFound } from '@app/kernel';

export class VisitNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.VISIT_NOT_FOUND';
  constructor() {
    super('visit');
  }
}

export class VisitOver extends AppError {
  override readonly code = 'MARKETPLACE.VISIT_OVER';
  constructor(status: string) {
    super('conflict', `this visit is ${status}: only a planned one can be reported or called off`);
  }
}

export class VisitPlanned extends AppError {
  override readonly code = 'MARKETPLACE.VISIT_PLANNED';
  constructor() {
    super('conflict', 'a visit of this case is planned already: report it or call it off first');
  }
}
