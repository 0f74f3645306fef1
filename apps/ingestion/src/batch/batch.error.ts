import { AppError, NotFound } from '@app/kernel';

export class ReferenceMissing extends AppError {
  override readonly code = 'INGESTION.REFERENCE_MISSING';
  constructor() {
    super(
      'malformed',
      'a delivery needs the header Batch-Reference: 1 to 200 printable ASCII characters, one for each file',
    );
  }
}

export class ReferenceReserved extends AppError {
  override readonly code = 'INGESTION.REFERENCE_RESERVED';
  constructor() {
    super(
      'malformed',
      'references of this form are given by the platform to deliveries that it makes itself: take another',
    );
  }
}

export class ReferenceReused extends AppError {
  override readonly code = 'INGESTION.REFERENCE_REUSED';
  constructor() {
    super('conflict', 'this Batch-Reference was used for another content: a corrected file takes a new reference');
  }
}

export class UnsupportedForm extends AppError {
  override readonly code = 'INGESTION.UNSUPPORTED_FORM';
  constructor() {
    super(
      'unsupported',
      'deliver text/csv, application/x-ndjson, application/xml, application/zip, a workbook (.xlsx), or text/plain where ' +
        'the contract has a fixed-width layout; charset utf-8 or gb18030; Content-Encoding gzip or none',
    );
  }
}

export class BatchTooLarge extends AppError {
  override readonly code = 'INGESTION.BATCH_TOO_LARGE';
  constructor(bytesMax: number) {
    super('too-large', `a delivery has at most ${bytesMax} bytes: split the file, each part with its own reference`);
  }
}

/** Nobody is there to read it, but the log and a proxy are. */
export class DeliveryCut extends AppError {
  override readonly code = 'INGESTION.DELIVERY_CUT';
  constructor() {
    super('malformed', 'the delivery ended before its end; nothing was kept. Send it again with the same reference');
  }
}

export class GzipBroken extends AppError {
  override readonly code = 'INGESTION.GZIP_BROKEN';
  constructor() {
    super('malformed', 'the body says Content-Encoding: gzip, but is no whole gzip stream; nothing was kept');
  }
}

export class BatchUnknown extends NotFound {
  override readonly code = 'INGESTION.BATCH_UNKNOWN';
  constructor() {
    super('batch');
  }
}
