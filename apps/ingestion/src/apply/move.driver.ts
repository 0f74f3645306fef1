import type { Client } from 'pg';

import type { PartEffect } from './classify.rules.js';

/**
 * Keeps which enterprise each record left, and for whom. The trigger on heads sees a head before and after a part: what a
 * part moved twice, or brought and moved, it never sees. Comes before the heads, as its trace is the exact one.
 */
export async function keepMoves(client: Client, feedId: number, moves: PartEffect['moves']): Promise<void> {
  if (moves.length === 0) return;
  await client.query(
    `insert into record_move (feed_id, record_key, version, uscc_from, uscc_to)
     select $1, m.key, m.version, m."from", m."to"
     from json_to_recordset($2::json) as m (key text, version int, "from" text, "to" text)
     on conflict do nothing`,
    [feedId, JSON.stringify(moves)],
  );
}
