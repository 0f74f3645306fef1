import { defineEvent, field } from './event-definition.js';

export const authorisationSigned = defineEvent(
  'credit.authorisation.signed.v1',
  'An enterprise signed an authorisation; whether it holds today is only in credit_api.authorisation_v1.',
  'uscc',
  {
    authorisationId: field.uuid(),
    uscc: field.uscc(),
    limbs: field.list(field.choice('COLLECTION', 'USE')),
    /** Codes; null stands for all institutions. */
    institutions: field.orNull(field.list(field.code())),
    purposes: field.list(field.code()),
    validFrom: field.day(),
    validTo: field.day(),
  },
);

export const authorisationRevoked = defineEvent(
  'credit.authorisation.revoked.v1',
  'An enterprise revoked an authorisation: what depends on it stops, and no read under it is served any more.',
  'uscc',
  {
    authorisationId: field.uuid(),
    uscc: field.uscc(),
    limbs: field.list(field.choice('COLLECTION', 'USE')),
    revokedAt: field.instant(),
  },
);
