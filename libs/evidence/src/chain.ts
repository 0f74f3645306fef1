import { sha256Hex } from '@app/kernel';
import type { DataSource, EntityManager } from 'typeorm';

import { hashOfFacts, subjectHashOf } from './receipt.js';

/** A round of sealing takes at most this many entries: one insert of some 300 kB. */
const roundMax = 2_000;

/** Reading back by 1 000 links keeps a check of any length in constant memory. */
const checkRows = 1_000;

/** Hash before the first link. */
const beginning = '0'.repeat(64);

const linkHash = (previous: string, entryHash: string): string => sha256Hex(`${previous}${entryHash}`);

interface Link {
  position: string;
  previous: string;
  hash: string;
}

/**
 * Adds committed entries that are not yet in the chain to its end, and says how many. Positions have no gaps. Whoever
 * holds the lock does the work; another copy that comes meanwhile does nothing.
 */
export async function sealEntries(db: DataSource): Promise<number> {
  return db.transaction(async (tx) => {
    const [{ mine }] = await tx.query(`select pg_try_advisory_xact_lock(7004, hashtext(current_schema())) as mine`);
    if (!mine) return 0;
    // The lock first, in a statement of its own: what the sealer before committed is seen only by the next statement.
    const [head]: Link[] = await tx.query(
      'select position, previous, hash from evidence_link order by position desc limit 1',
    );
    const entries: { sequence: string; hash: string }[] = await tx.query(
      `with taken as (
         delete from evidence_pending where sequence in (
           select sequence from evidence_pending order by sequence limit ${roundMax}
         ) returning sequence
       )
       select sequence, hash from taken join evidence_entry using (sequence) order by sequence`,
    );
    await addLinks(tx, head, entries);
    return entries.length;
  });
}

async function addLinks(
  tx: EntityManager,
  head: Link | undefined,
  entries: { sequence: string; hash: string }[],
): Promise<void> {
  if (entries.length === 0) return;
  let position = BigInt(head?.position ?? 0);
  let previous = head?.hash ?? beginning;
  const links = entries.map(({ sequence, hash }) => {
    position += 1n;
    const link = { position: String(position), sequence, previous, hash: linkHash(previous, hash) };
    previous = link.hash;
    return link;
  });
  await tx.query(
    `insert into evidence_link (position, sequence, previous, hash)
     select position, sequence, previous, hash
     from json_to_recordset($1) as link (position bigint, sequence bigint, previous text, hash text)`,
    [JSON.stringify(links)],
  );
}

export interface ChainCheck {
  links: number;
  /** Position of the first link that does not follow from the one before and its entry; null when all do. */
  brokenAt: string | null;
}

interface LinkedEntry extends Link {
  id: string;
  at: Date;
  act: string;
  subject: string;
  content: string;
  entry_hash: string;
  sequence: string;
}

/** Recomputes the whole chain of a service's log from the entries as they are stored. */
export async function checkChain(db: DataSource, service: string): Promise<ChainCheck> {
  let [links, previous] = [0, beginning];
  for (;;) {
    const rows: LinkedEntry[] = await db.query(
      `select l.position, l.previous, l.hash, e.sequence, e.id, e.at, e.act, e.subject, e.content, e.hash as entry_hash
       from evidence_link l left join evidence_entry e on e.sequence = l.sequence
       where l.position > $1 order by l.position limit ${checkRows}`,
      [links],
    );
    if (rows.length === 0) return { links, brokenAt: null };
    for (const row of rows) {
      const holds =
        row.position === String(links + 1) &&
        row.previous === previous &&
        row.entry_hash === hashOfEntry(row, service) &&
        row.hash === linkHash(previous, row.entry_hash);
      if (!holds) return { links, brokenAt: row.position };
      [links, previous] = [links + 1, row.hash];
    }
  }
}

const hashOfEntry = (row: LinkedEntry, service: string): string | undefined =>
  row.id === null
    ? undefined
    : hashOfFacts({
        entryId: row.id,
        sequence: row.sequence,
        service,
        at: row.at.toISOString(),
        act: row.act,
        subjectHash: subjectHashOf(row.id, row.subject),
        contentHash: sha256Hex(row.content),
      });
