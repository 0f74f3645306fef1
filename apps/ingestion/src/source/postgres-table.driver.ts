import pg from 'pg';

import type { SourceTable } from '../connector/connector.rules.js';
import {
  type ChunkLimits,
  type PlacedRow,
  placedRow,
  selected,
  type TableClient,
  tooManyRights,
  withoutWatermark,
} from './table-client.driver.js';
import { quoted, type TablePlace } from './table-row.rules.js';

const named = (name: string): string => quoted(name, '"');
const cast = (column: string): string => `${named(column)}::text`;

/** Reads a foreign PostgreSQL. Each chunk is a short transaction of its own: a long one would hold back its vacuum. */
export async function openPostgres(url: string, timeoutSeconds: number): Promise<TableClient> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutSeconds * 1_000,
    query_timeout: timeoutSeconds * 1_000,
    statement_timeout: timeoutSeconds * 1_000,
    application_name: 'xinqiao',
    types: { getTypeParser: () => (value: string | Buffer) => String(value) },
  });
  client.on('error', () => undefined); // a lost connection also rejects the query in hand
  await client.connect();
  await client.query(
    `set time zone 'Asia/Shanghai'; set datestyle to 'ISO, YMD'; set default_transaction_read_only = on`,
  );
  return {
    chunk: (table, after, limits) => chunk(client, table, { after, limits }),
    remarks: (table) => remarks(client, table),
    close: () => client.end(),
  };
}

async function chunk(
  client: pg.Client,
  table: SourceTable,
  { after, limits }: { after: TablePlace | undefined; limits: ChunkLimits },
): Promise<PlacedRow[]> {
  const [watermark, key] = [named(table.watermark.column), named(table.key.column)];
  const settled =
    table.watermark.type === 'TIMESTAMP'
      ? `and ${watermark} <= now() - make_interval(secs => ${limits.settleSeconds})`
      : '';
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    const { rows } = await client.query<Record<string, string | null>>(
      `select ${selected(table, cast)} from ${named(table.table)}
       where ${watermark} is not null and ${key} is not null ${after ? `and (${watermark}, ${key}) > ($1, $2)` : ''} ${settled}
       order by ${watermark}, ${key} limit ${limits.rows}`,
      after ? [after.watermark, after.key] : [],
    );
    return rows.map(placedRow);
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}

async function remarks(client: pg.Client, table: SourceTable): Promise<string[]> {
  const { rows } = await client.query<{ unread: string; writes: string }>(
    `select (select count(*) from ${named(table.table)} where ${named(table.watermark.column)} is null
                 or ${named(table.key.column)} is null) as unread,
            has_table_privilege($1, 'insert, update, delete, truncate') as writes`,
    [named(table.table)],
  );
  const { unread, writes } = rows[0]!;
  return [...(unread === '0' ? [] : [withoutWatermark(unread)]), ...(writes === 't' ? [tooManyRights] : [])];
}
