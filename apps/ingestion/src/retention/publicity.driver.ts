import { type Day, dayOf } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';
import { type Fields, laidOver, type Overlay } from '../correction/overlay.rules.js';
import { isHidden, publicityOfRecord } from './publicity.rules.js';

/** A connection of either kind. */
export interface Writing {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

/** The version in force of a record, as it is to be shown. */
export interface InForce {
  key: string;
  uscc: string;
  version: number;
  eventDate: Day;
  fields: Fields;
  overlay: Overlay | null;
}

export interface PublicityPlace {
  feedId: number;
  contract: Contract;
  now: Date;
}

/** Writes down until when records are shown, in the transaction that changes them. */
export async function writePublicity(
  tx: Writing,
  { feedId, contract, now }: PublicityPlace,
  records: readonly InForce[],
): Promise<void> {
  if (records.length === 0) return;
  const today = dayOf(now);
  const rows = records.map(({ key, uscc, version, eventDate, fields, overlay }) => {
    const publicity = publicityOfRecord(contract, { eventDate, fields: laidOver(fields, overlay) });
    const { published, publicUntil } = publicity;
    return { key, uscc, version, published, until: publicUntil, hidden: isHidden(publicity, today) };
  });
  await tx.query(
    `insert into publicity (feed_id, record_key, uscc, version, published, public_until, hidden)
     select $1, p.key, p.uscc, p.version, p.published, p.until, p.hidden
     from json_to_recordset($2::json) as p (key text, uscc text, version int, published boolean, until date,
                                            hidden boolean)
     on conflict (feed_id, record_key) do update
     set uscc = excluded.uscc, version = excluded.version, published = excluded.published,
         public_until = excluded.public_until, hidden = excluded.hidden`,
    [feedId, JSON.stringify(rows)],
  );
}
