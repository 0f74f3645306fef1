import { recordsChanged } from '@app/contracts';
import { type Day, dayOf, sha256Hex, type Uscc, uuidv7 } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import type { Fields } from '../correction/overlay.rules.js';
import { lastListed, type Look } from './due-list.driver.js';
import { eventsOf } from './publicity.job.js';
import { fateOf, type Hold, keptUntil, nextLook } from './retention.rules.js';

/** A record in force or withdrawn, as retention looks at it: with what a correction says. */
export interface KeptRow {
  record_key: string;
  uscc: Uscc;
  version: number;
  withdrawn: boolean;
  batch_id: string;
  event_date: Day;
  fields: Fields;
}

export interface Seen {
  /** Of these it is decided what becomes of them. */
  keys: string[];
  later: Look[];
}

/** Whoever places a hold waits for the deletions under way, and later ones see it. */
export const holdLock = 7_302;

/** Seeded by the feed, so that a hash says nothing about a key of another feed. */
export const keyHash = (feed: string, recordKey: string): string => sha256Hex(`${feed}\n${recordKey}`);

/** Deletes or archives records whose time is over, and leaves the proof of it in the same transaction. */
@Injectable()
export class Deletion {
  constructor(private readonly contracts: Contracts) {}

  /** What is over goes; the rest is told when to look again. What a part has in hand, or has changed, is not in the answer. */
  async of(tx: EntityManager, contract: Contract, rows: readonly KeptRow[], now: Date): Promise<Seen> {
    await tx.query('select pg_advisory_xact_lock_shared($1)', [holdLock]);
    const feedId = this.contracts.idOf(contract.feed);
    const still = await unchanged(tx, feedId, rows);
    const today = dayOf(now);
    const look = { holds: await holdsOf(tx), today };
    const due = still.filter((row) => fateOf(contract, heldOf(row), look) === 'DUE');
    if (due.length > 0) await this.remove(tx, contract, due, now);
    const later = still.flatMap((row): Look[] => {
      const on = due.includes(row) ? null : nextLook(contract, heldOf(row), look);
      return on !== null && on <= lastListed(today) ? [{ key: row.record_key, on }] : [];
    });
    return { keys: still.map(({ record_key }) => record_key), later };
  }

  private async remove(tx: EntityManager, contract: Contract, due: KeptRow[], now: Date): Promise<void> {
    const id = uuidv7(now);
    const feedId = this.contracts.idOf(contract.feed);
    const archived = contract.retention?.after === 'ARCHIVE';
    await this.prove(tx, { id, contract, due, now });
    const versions = await removeRecords(tx, feedId, { due, archived, proofId: id });
    if (versions < due.length) throw new Error(`deleted ${versions} versions of ${due.length} records`);
    await removeRest(tx, feedId, due, archived);
    const live = due.filter(({ withdrawn }) => !withdrawn).map((row) => ({ ...row, feed: contract.feed }));
    await addManyToOutbox(tx, recordsChanged, eventsOf(live), now);
  }

  private async prove(
    tx: EntityManager,
    { id, contract, due, now }: { id: string; contract: Contract; due: KeptRow[]; now: Date },
  ): Promise<void> {
    const hashes = due.map(({ record_key }) => keyHash(contract.feed, record_key)).toSorted();
    const days = due.map((row) => keptUntil(contract, heldOf(row))!).toSorted();
    const keys = JSON.stringify(due.map(({ record_key, uscc }) => ({ record_key, uscc })));
    await tx.query(
      `insert into retention_proof (id, feed, action, records, versions, live, last_days, key_hashes, keys_hash,
                                    contract_version, rule, done_at)
       select $1, $2, $3, $4, (select count(*) from ${versionsOf}), $6, daterange($7, $8, '[]'), $9, $10, $11, $12, $13`,
      [
        id,
        contract.feed,
        contract.retention?.after === 'ARCHIVE' ? 'ARCHIVED' : 'DELETED',
        due.length,
        keys,
        due.filter(({ withdrawn }) => !withdrawn).length,
        days[0],
        days.at(-1),
        hashes,
        sha256Hex(hashes.join('\n')),
        contract.version,
        JSON.stringify(contract.retention),
        now,
      ],
    );
  }
}

const heldOf = ({ uscc, record_key: recordKey, event_date: eventDate, fields }: KeptRow) => ({
  uscc,
  recordKey,
  eventDate,
  fields,
});

/** All versions of the records in `$5`, also those under enterprises that they have left; `$2` is the feed. */
const versionsOf = `
  json_to_recordset($5::json) as k (record_key text, uscc text)
  join feed f on f.feed = $2
  cross join lateral (
    select k.uscc union select m.uscc_from from record_move m where m.feed_id = f.id and m.record_key = k.record_key
    union select m.uscc_to from record_move m where m.feed_id = f.id and m.record_key = k.record_key
  ) w (uscc)
  join record r on r.uscc = w.uscc and r.feed_id = f.id and r.record_key = k.record_key`;

/** Under their locks; what a part has changed since the look is left for the next round. */
async function unchanged(tx: EntityManager, feedId: number, rows: readonly KeptRow[]): Promise<KeptRow[]> {
  const locked: { record_key: string; version: number }[] = await tx.query(
    `select record_key, version from record_head where feed_id = $1 and record_key = any($2)
     order by record_key for update skip locked`,
    [feedId, rows.map(({ record_key }) => record_key)],
  );
  const now = new Map(locked.map(({ record_key, version }) => [record_key, version]));
  return rows.filter(({ record_key, version }) => now.get(record_key) === version);
}

const holdsOf = (tx: EntityManager): Promise<Hold[]> =>
  tx.query(
    `select uscc, feed, record_key as "recordKey", until::text, null as "releasedOn" from hold
     where released_at is null`,
  );

interface Going {
  due: readonly KeptRow[];
  archived: boolean;
  proofId: string;
}

async function removeRecords(tx: EntityManager, feedId: number, { due, archived, proofId }: Going): Promise<number> {
  const archive = archived ? 'insert into record_archive select gone.*, $3::uuid from gone' : 'select $3::uuid';
  const [{ count }]: [{ count: number }] = await tx.query(
    `with gone as (
       delete from record r
       using json_to_recordset($2::json) as k (record_key text, uscc text)
       where r.feed_id = $1 and r.record_key = k.record_key
         and r.uscc in (select k.uscc
                        union select uscc_from from record_move where feed_id = $1 and record_key = k.record_key
                        union select uscc_to from record_move where feed_id = $1 and record_key = k.record_key)
       returning r.*
     ), kept as (${archive}), mapped as (
       delete from mapped_row m using gone where m.batch_id = gone.batch_id and m.line_number = gone.line_number
     )
     select count(*)::int from gone`,
    [feedId, JSON.stringify(due.map(({ record_key, uscc }) => ({ record_key, uscc }))), proofId],
  );
  return count;
}

/** Whatever else speaks of them; corrections of what is archived stay with it. */
async function removeRest(
  tx: EntityManager,
  feedId: number,
  due: readonly KeptRow[],
  archived: boolean,
): Promise<void> {
  const tables = ['record_head', 'record_move', 'publicity', 'stale_record', ...(archived ? [] : ['correction'])];
  const keys = due.map(({ record_key }) => record_key);
  for (const table of tables)
    await tx.query(`delete from ${table} where feed_id = $1 and record_key = any($2)`, [feedId, keys]);
  // Rows that claimed their enterprise are kept as they came: a later decision would deliver them once more.
  await tx.query(
    `delete from claimed_row c using batch b, feed f
     where c.record_key = any($2) and b.id = c.batch_id and f.feed = b.feed and f.id = $1`,
    [feedId, keys],
  );
}
