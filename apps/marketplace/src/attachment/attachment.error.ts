import { AppError, InvalidInput, NotFound } from '@app/kernel';

export class AttachmentNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.ATTACHMENT_NOT_FOUND';
  constructor() {
    super('attachment');
  }
}

export class TooManyAttachments extends AppError {
  override readonly code = 'MARKETPLACE.TOO_MANY_ATTACHMENTS';
  constructor(max: number) {
    super('conflict', `a case keeps ${max} files at most`);
  }
}

export class AttachmentTooLarge extends AppError {
  override readonly code = 'MARKETPLACE.ATTACHMENT_TOO_LARGE';
  constructor(bytes: number) {
    super('too-large', `a file may have ${bytes} bytes at most`);
  }
}

export class UnknownAttachment extends InvalidInput {
  override readonly code = 'MARKETPLACE.UNKNOWN_ATTACHMENT';
  constructor() {
    super([{ pointer: '/attachmentIds', detail: 'names a file that was not uploaded to this case' }]);
  }
}
