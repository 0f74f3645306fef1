import type { Day } from '@app/kernel';
import type { Client } from 'pg';

import type { Contract } from '../contract/contract.rules.js';
import { keyHash } from './deletion.service.js';
import { fateOf, type Hold } from './retention.rules.js';

/** The contract by which records are kept today, and the place in line of the delivery that is applied again. */
export interface Keeping {
  contract: Contract;
  replayArrival: string;
  today: Day;
}

/** A row of whose key nothing is held. */
export interface UnheldRow {
  key: string;
  uscc: string;
  eventDate: string;
  fields: string;
}

/**
 * Rows of a kept file that nothing may bring back: whose key went by retention after the file had come, whatever this
 * row says itself, and whose own term is over and no hold keeps them.
 */
export async function overdueOf<Row extends UnheldRow>(
  client: Client,
  { contract, replayArrival, today }: Keeping,
  rows: readonly Row[],
): Promise<Set<Row>> {
  if (rows.length === 0 || contract.retention === undefined) return new Set();
  const hashes = new Map(rows.map(({ key }) => [keyHash(contract.feed, key), key]));
  const { rows: gone } = await client.query<{ hash: string }>(
    `select distinct hash from retention_proof p cross join lateral unnest(p.key_hashes) as hash
     where p.feed = $1 and p.key_hashes && $2::text[] and hash = any($2::text[])
       and p.done_at >= (select received_at from batch where feed = $1 and arrival = $3)`,
    [contract.feed, [...hashes.keys()], replayArrival],
  );
  const deleted = new Set(gone.map(({ hash }) => hashes.get(hash)));
  const holds = await holdsOf(client);
  return new Set(rows.filter((row) => deleted.has(row.key) || isDue(contract, row, { holds, today })));
}

function isDue(contract: Contract, row: UnheldRow, look: { holds: readonly Hold[]; today: Day }): boolean {
  const { key: recordKey, uscc, eventDate } = row;
  const fields = JSON.parse(row.fields) as Record<string, unknown>;
  return fateOf(contract, { uscc, recordKey, eventDate: eventDate as Day, fields }, look) === 'DUE';
}

async function holdsOf(client: Client): Promise<Hold[]> {
  const { rows } = await client.query<Hold>(
    `select uscc, feed, record_key as "recordKey", until::text, null as "releasedOn" from hold where released_at is null`,
  );
  return rows;
}
