import type { MissingConsent } from '@app/database';
import { AppError } from '@app/kernel';

/** A read that was refused for a reason worth logging: the attempt goes to the log of refused reads. */
export abstract class PortraitRefused extends AppError {
  constructor(message: string) {
    super('forbidden', message);
  }
}

type Refusing = Exclude<MissingConsent, 'COLLECTION'>;

/** The codes are those of credit queries: it is the same authorisation that is missing. */
const missing: Record<Refusing, { code: string; detail: string }> = {
  AUTHORISATION: {
    code: 'CREDIT.NO_AUTHORISATION',
    detail: 'no authorisation of an enterprise with this code is in force',
  },
  EXPIRED: {
    code: 'CREDIT.AUTHORISATION_EXPIRED',
    detail: 'the authorisation for this institution and purpose has expired',
  },
  USE: { code: 'CREDIT.NO_USE_LIMB', detail: 'the enterprise has not authorised query and use' },
  PURPOSE: { code: 'CREDIT.PURPOSE_NOT_COVERED', detail: 'the authorisation does not cover this purpose' },
  INSTITUTION: { code: 'CREDIT.INSTITUTION_NOT_NAMED', detail: 'the authorisation does not name this institution' },
};

/** An enterprise that we do not know looks like one that signed nothing. */
export class ConsentMissing extends PortraitRefused {
  override readonly code: string;
  constructor(what: Refusing) {
    super(missing[what].detail);
    this.code = missing[what].code;
  }
}

export class InstitutionNotActive extends PortraitRefused {
  override readonly code = 'PROFILING.INSTITUTION_NOT_ACTIVE';
  constructor() {
    super('only active institutions may read portraits');
  }
}
