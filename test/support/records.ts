import { randomUUID } from 'node:crypto';

import type { TestDatabase } from './database.js';

export interface RecordWish {
  feed: string;
  uscc: string;
  fields: Record<string, unknown>;
  recordKey?: string;
  version?: number;
  basis?: 'PUBLIC' | 'DUTY' | 'AUTHORISED';
  eventDate?: string;
  reportDate?: string;
  batchId?: string;
}

/**
 * Puts a record straight into ingestion's tables as its head, so that ingestion_api.record_v1 shows it: for tests of
 * the other services. The same `recordKey` again with a higher `version` replaces it.
 */
export async function aRecord(db: TestDatabase, wish: RecordWish): Promise<void> {
  const { feed, uscc, fields, recordKey = randomUUID(), version = 1, basis = 'PUBLIC' } = wish;
  const { eventDate = '2026-01-31', reportDate = eventDate, batchId = randomUUID() } = wish;
  await db.query(
    `insert into ingestion.feed (id, feed, source, sources, title, basis, contract_version, freshness_days, contract, seen_at)
     select coalesce(max(id), 0) + 1, $1, 'TEST', '{TEST}', $1, $2, '1', 30, '{}', now() from ingestion.feed
     on conflict (feed) do nothing`,
    [feed, basis],
  );
  await db.query(
    `insert into ingestion.record
       (uscc, feed_id, record_key, version, op, event_date, report_date, fields, batch_id, line_number, received_at)
     select $2, id, $3, $4, 'I', $5, $6, $7, $8, 2, now() from ingestion.feed where feed = $1`,
    [feed, uscc, recordKey, version, eventDate, reportDate, JSON.stringify(fields), batchId],
  );
  await db.query(
    `insert into ingestion.record_head (feed_id, record_key, uscc, version, report_date, withdrawn, hash)
     select id, $3, $2, $4, $5, false, '\\x00' from ingestion.feed where feed = $1
     on conflict (feed_id, record_key)
     do update set uscc = excluded.uscc, version = excluded.version, report_date = excluded.report_date`,
    [feed, uscc, recordKey, version, reportDate],
  );
}
