import type { Client } from 'pg';

/** A row whose enterprise was found, or is still to be found, by what it claims. */
export interface ClaimedRow {
  claimId: string;
  /** As it came, by field name. */
  row: Record<string, string>;
}

interface PlacedRow {
  line: number;
  key: string | null;
  claimed?: ClaimedRow | undefined;
}

/** Kept with the part that wrote the rows: a link that is undone finds them again. */
export async function keepClaimed(client: Client, batchId: string, rows: readonly PlacedRow[]): Promise<void> {
  const list = rows
    .filter(({ claimed, key }) => claimed !== undefined && key !== null)
    .map(({ line, key, claimed }) => ({ line, key, claim: claimed!.claimId, row: claimed!.row }));
  if (list.length === 0) return;
  await client.query(
    `insert into claimed_row (batch_id, line_number, claim_id, record_key, row)
     select $1, line, claim, key, row
     from jsonb_to_recordset($2::jsonb) as c (line int, claim uuid, key text, row jsonb) order by line`,
    [batchId, JSON.stringify(list)],
  );
}
