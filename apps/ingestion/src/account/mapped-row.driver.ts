import type { Client } from 'pg';

interface PlacedRow {
  line: number;
  mapped?: boolean | undefined;
}

/** Written with the part: a mapping that is taken back finds the records that it made. */
export async function keepMapped(client: Client, batchId: string, rows: readonly PlacedRow[]): Promise<void> {
  const lines = rows.filter(({ mapped }) => mapped === true).map(({ line }) => line);
  if (lines.length === 0) return;
  await client.query(
    'insert into mapped_row (batch_id, line_number) select $1, line from unnest($2::int[]) as line order by line',
    [batchId, lines],
  );
}
