import { BinaryCopy, field } from './binary-copy.driver.js';
import type { Head, PartEffect } from './classify.rules.js';

/** What all rows of a batch have in common. */
export interface CopyPlace {
  batchId: string;
  feedId: number;
  receivedAt: Date;
}

/** Rows for COPY, and the table with its columns that they go into. */
export interface TableCopy {
  table: string;
  bytes: Buffer;
}

/** Hashes are texts of 16 characters, one a byte: half as long as hex digits, and compared as quickly. */
export const hashBytes = (hash: string): Buffer => Buffer.from(hash, 'latin1');

/** The rows that a part adds: versions, then heads of keys that are new. */
export function copiesOf(place: CopyPlace, { versions, newHeads }: PartEffect): TableCopy[] {
  const copies: TableCopy[] = [];
  if (versions.length > 0) copies.push({ table: recordColumns, bytes: versionsOf(place, versions) });
  if (newHeads.size > 0) copies.push({ table: headColumns, bytes: headsOf(place.feedId, newHeads) });
  return copies;
}

const recordColumns =
  'record (uscc, feed_id, record_key, version, op, event_date, report_date, fields, batch_id, line_number, received_at)';

function versionsOf(place: CopyPlace, versions: PartEffect['versions']): Buffer {
  const copy = new BinaryCopy();
  const feedId = field.int2(place.feedId);
  const batchId = field.uuid(place.batchId);
  const receivedAt = field.instant(place.receivedAt);
  for (const { row, version } of versions)
    copy
      .row(11)
      .text(row.uscc)
      .same(feedId)
      .text(row.key)
      .int4(version)
      .text(row.op)
      .day(row.eventDate)
      .day(row.reportDate)
      .json(row.fields)
      .same(batchId)
      .int4(row.line)
      .same(receivedAt);
  return copy.end();
}

const headColumns = 'record_head (feed_id, record_key, uscc, version, report_date, withdrawn, hash)';

function headsOf(feedId: number, heads: ReadonlyMap<string, Head>): Buffer {
  const copy = new BinaryCopy();
  const feed = field.int2(feedId);
  for (const [key, head] of heads)
    copy
      .row(7)
      .same(feed)
      .text(key)
      .text(head.uscc)
      .int4(head.version)
      .day(head.reportDate)
      .flag(head.withdrawn)
      .bytes(head.hash);
  return copy.end();
}
