import { ReadRefused } from '@app/database';

export class InstitutionNotActive extends ReadRefused {
  override readonly code = 'PROFILING.INSTITUTION_NOT_ACTIVE';
  constructor() {
    super('only active institutions may read portraits');
  }
}
