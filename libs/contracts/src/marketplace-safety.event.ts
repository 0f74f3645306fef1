import { defineEvent, field } from './event-definition.js';

export const institutionsScored = defineEvent(
  'marketplace.quality.published.v1',
  'The scores of banks’ service of a month were published; limits go by the grades from `gradesFrom`.',
  'month',
  {
    /** `YYYY-MM`. */
    month: field.code(),
    institutions: field.integer(0),
    gradesFrom: field.instant(),
  },
);

export const safetyNoted = defineEvent(
  'marketplace.safety.noted.v1',
  'A bank with a place of a need is told that an equal need or pledge is registered elsewhere; never where, nor whose.',
  'institutionId',
  {
    noteId: field.uuid(),
    institutionId: field.uuid(),
    institutionCode: field.code(),
    needId: field.uuid(),
    grabId: field.uuid(),
    what: field.choice('EQUAL_NEED', 'EQUAL_PLEDGE'),
  },
);

export const flagRaised = defineEvent(
  'marketplace.safety.flagged.v1',
  'Something in the market looks odd and waits for an operator; nobody is punished by a flag.',
  'flagId',
  { flagId: field.uuid(), kind: field.code() },
);
