import { AppError, NotFound } from '@app/kernel';

export class SearchNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.SEARCH_NOT_FOUND';
  constructor() {
    super('saved search');
  }
}

export class TooManySearches extends AppError {
  override readonly code = 'MARKETPLACE.TOO_MANY_SEARCHES';
  constructor(limit: number) {
    super('conflict', `you have ${limit} saved searches, which is the limit: remove one first`);
  }
}
