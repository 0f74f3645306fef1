import { AppError } from '@app/kernel';

import type { MissingConsent } from './consent.rules.js';

/** A read that was refused for a reason worth logging: the attempt goes to the log of refused reads. */
export abstract class ReadRefused extends AppError {
  constructor(message: string) {
    super('forbidden', message);
  }
}

/** The codes are those of the credit service, which owns the authorisations, whoever refuses. */
const missing: Record<MissingConsent, { code: string; detail: string }> = {
  AUTHORISATION: {
    code: 'CREDIT.NO_AUTHORISATION',
    detail: 'no authorisation of an enterprise with this code is in force',
  },
  EXPIRED: {
    code: 'CREDIT.AUTHORISATION_EXPIRED',
    detail: 'the authorisation for this institution and purpose has expired',
  },
  USE: {
    code: 'CREDIT.NO_USE_LIMB',
    detail: 'the enterprise has not authorised query and use',
  },
  COLLECTION: {
    code: 'CREDIT.NO_COLLECTION_LIMB',
    detail: 'the enterprise has not authorised collection: there is nothing to report from',
  },
  PURPOSE: {
    code: 'CREDIT.PURPOSE_NOT_COVERED',
    detail: 'the authorisation does not cover this purpose',
  },
  INSTITUTION: {
    code: 'CREDIT.INSTITUTION_NOT_NAMED',
    detail: 'the authorisation does not name this institution',
  },
};

/** Says which part of the consent is missing; an enterprise that we do not know looks like one that signed nothing. */
export class ConsentMissing extends ReadRefused {
  override readonly code: string;
  constructor(what: MissingConsent) {
    super(missing[what].detail);
    this.code = missing[what].code;
  }
}
