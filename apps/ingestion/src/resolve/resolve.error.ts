import { AppError } from '@app/kernel';

export class ClaimUnknown extends AppError {
  override readonly code = 'INGESTION.CLAIM_UNKNOWN';
  constructor() {
    super('not-found', 'there is no such claim');
  }
}

export class ClaimLinked extends AppError {
  override readonly code = 'INGESTION.CLAIM_LINKED';
  constructor() {
    super('conflict', 'this claim is linked: undo the link first');
  }
}

export class ClaimLinkedAlready extends AppError {
  override readonly code = 'INGESTION.CLAIM_LINKED_ALREADY';
  constructor() {
    super('conflict', 'this claim is linked to that enterprise already');
  }
}

export class ClaimNotLinked extends AppError {
  override readonly code = 'INGESTION.CLAIM_NOT_LINKED';
  constructor() {
    super('conflict', 'this claim has no link that could be undone');
  }
}

export class ClaimDecidedAlready extends AppError {
  override readonly code = 'INGESTION.CLAIM_DECIDED_ALREADY';
  constructor() {
    super('conflict', 'it was decided already that no enterprise fits');
  }
}
