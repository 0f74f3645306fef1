import { NotFound } from '@app/kernel';

export class NothingTraced extends NotFound {
  override readonly code = 'INGESTION.NOTHING_TRACED';
  constructor() {
    super('score or report');
  }
}
