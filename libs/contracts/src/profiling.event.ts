import { defineEvent, field } from './event-definition.js';

export const profileUpdated = defineEvent(
  'profiling.profile.updated.v1',
  'What others see of an enterprise changed: name, place, tier, titles, score, standing or the verdict of a rule set.',
  'uscc',
  {
    uscc: field.uscc(),
    district: field.orNull(field.code()),
    /** Two digits of GB/T 4754. */
    industry2: field.orNull(field.code()),
    tier: field.orNull(field.choice('T1', 'T2', 'T3', 'T4', 'T5')),
    titles: field.list(field.text()),
    score: field.orNull(field.integer()),
    scoreBand: field.orNull(field.code()),
    modelVersion: field.code(),
    asOf: field.day(),
    /** The registry took its record back: the enterprise is no longer shown. */
    withdrawn: field.flag(),
  },
);
