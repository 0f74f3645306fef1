import { AppError } from '@app/kernel';

export class OrganisationCodeTaken extends AppError {
  override readonly code = 'IDENTITY.ORGANISATION_CODE_TAKEN';
  constructor() {
    super('conflict', 'another organisation has this code');
  }
}

export class NotAnInstitution extends AppError {
  override readonly code = 'IDENTITY.NOT_AN_INSTITUTION';
  constructor() {
    super('conflict', 'only financial institutions have memberships');
  }
}
