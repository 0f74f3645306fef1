import { defineEvent, field } from './event-definition.js';

export const recordsChanged = defineEvent(
  'ingestion.records.changed.v1',
  'Records of one enterprise in one feed were added, changed, moved or withdrawn; a nudge: re-read through ingestion_api.record_v1.',
  'uscc',
  {
    uscc: field.uscc(),
    feed: field.code(),
    batchId: field.uuid(),
    records: field.integer(1),
  },
);
