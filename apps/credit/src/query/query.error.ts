import { ReadRefused } from '@app/database';

export class NotAMember extends ReadRefused {
  override readonly code = 'CREDIT.NOT_A_MEMBER';
  constructor() {
    super('only active members of the credit database may query');
  }
}
