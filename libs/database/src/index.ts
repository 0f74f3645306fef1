export { ConsentMissing, ReadRefused } from './consent.error.js';
export {
  type ConsentAsk,
  type ConsentDecision,
  decideConsent,
  type Limb,
  limbs,
  type MissingConsent,
  type Purpose,
  purposes,
  type SignedAuthorisation,
} from './consent.rules.js';
export { consentFor, consentKeyOf, withConsentExclusive, withConsentShared } from './consent-gate.js';
export { failureCode, isDatabaseAway, isLostRace } from './database-failure.js';
export { FenColumn } from './fen-column.js';
export { migrate } from './migrate.js';
export { type DatabaseParts, databaseOptions } from './options.js';
export { headsByKey, withPlanSettings } from './plan-settings.js';
export { type Recordset, recordset } from './recordset.rules.js';
export {
  logRead,
  logRefusal,
  makeAppendOnly,
  type ReadAttempt,
  type RefusedRead,
  readLogMigration,
  type ServedRead,
} from './read-log.js';
