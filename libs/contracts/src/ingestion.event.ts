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

/** Beside `changed`, because nobody is to be told of news where there are none. */
export const recordsRetold = defineEvent(
  'ingestion.records.retold.v1',
  'Records of one enterprise in one feed are told of again though nothing changed: whoever computes from them re-reads through ingestion_api.record_v1.',
  'uscc',
  {
    uscc: field.uscc(),
    feed: field.code(),
    runId: field.uuid(),
    records: field.integer(1),
  },
);

export const freshnessMissed = defineEvent(
  'ingestion.freshness.missed.v1',
  'A feed is older than its contract promises; told once, until it is fresh again and misses the promise anew.',
  'feed',
  {
    feed: field.code(),
    title: field.text(),
    source: field.code(),
    newestReportDate: field.day(),
    promisedDays: field.integer(1),
    ageDays: field.integer(1),
  },
);
