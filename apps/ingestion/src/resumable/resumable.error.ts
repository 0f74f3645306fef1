import { AppError, NotFound } from '@app/kernel';

export class UploadUnknown extends NotFound {
  override readonly code = 'INGESTION.UPLOAD_UNKNOWN';
  constructor() {
    super('upload');
  }
}

export class UploadExpired extends AppError {
  override readonly code = 'INGESTION.UPLOAD_EXPIRED';
  constructor() {
    super('gone', 'nothing came for too long and the upload was given up: begin it anew');
  }
}

export class UploadTooLarge extends AppError {
  override readonly code = 'INGESTION.UPLOAD_TOO_LARGE';
  constructor(bytesMax: number) {
    super('too-large', `a file has at most ${bytesMax} bytes: split it, each part with its own reference`);
  }
}

export class UploadQuota extends AppError {
  override readonly code = 'INGESTION.UPLOAD_QUOTA';
  constructor(openMax: number) {
    super('conflict', `an organisation has at most ${openMax} unfinished uploads: finish or abandon one first`);
  }
}

export class OffsetMissing extends AppError {
  override readonly code = 'INGESTION.UPLOAD_OFFSET_MISSING';
  constructor() {
    super(
      'malformed',
      'a piece needs Content-Type: application/offset+octet-stream and Upload-Offset: the byte at which it begins',
    );
  }
}

/** The offset is told, so that the sender can go on from there. */
export class OffsetWrong extends AppError {
  override readonly code = 'INGESTION.UPLOAD_OFFSET';
  constructor(readonly offset: number) {
    super('conflict', `the upload stands at byte ${offset}: send what begins there`);
  }
}

export class UploadBusy extends AppError {
  override readonly code = 'INGESTION.UPLOAD_BUSY';
  override readonly retryAfterSeconds = 5;
  constructor() {
    super('conflict', 'another piece of this upload is coming in right now: ask for the offset and go on from there');
  }
}

export class UploadOverrun extends AppError {
  override readonly code = 'INGESTION.UPLOAD_OVERRUN';
  constructor(bytes: number) {
    super('too-large', `the file was announced with ${bytes} bytes and the piece goes beyond them`);
  }
}

export class DigestWrong extends AppError {
  override readonly code = 'INGESTION.UPLOAD_DIGEST';
  constructor() {
    super('invalid', 'the file is whole, but its SHA-256 is not the announced one; it was thrown away: begin anew');
  }
}
