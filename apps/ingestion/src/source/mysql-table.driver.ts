import mysql from 'mysql2/promise';

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

const named = (name: string): string => quoted(name, '`');
const cast = (column: string): string => `cast(${named(column)} as char)`;
/** A number that is compared as text is compared as a float, which cannot tell large numbers apart. */
const given = (type: string): string => (type === 'NUMBER' ? 'cast(? as decimal(30, 0))' : '?');

/** Reads a foreign MySQL or MariaDB. */
export async function openMysql(url: string, timeoutSeconds: number): Promise<TableClient> {
  const client = await mysql.createConnection({
    uri: url,
    connectTimeout: timeoutSeconds * 1_000,
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  client.on('error', () => undefined); // a lost connection also rejects the query in hand
  const query = async (sql: string, values: string[] = []) => {
    const [rows] = await client.query({ sql, values, timeout: timeoutSeconds * 1_000 });
    return rows as Record<string, string | null>[];
  };
  await query(`set session time_zone = '+08:00'`);
  await query('set session transaction read only');
  return {
    chunk: (table, after, limits) => chunk(query, table, { after, limits }),
    remarks: (table) => remarks(query, table),
    close: () => client.end(),
  };
}

type Query = (sql: string, values?: string[]) => Promise<Record<string, string | null>[]>;

async function chunk(
  query: Query,
  table: SourceTable,
  { after, limits }: { after: TablePlace | undefined; limits: ChunkLimits },
): Promise<PlacedRow[]> {
  const [watermark, key] = [named(table.watermark.column), named(table.key.column)];
  const [w, k] = [given(table.watermark.type), given(table.key.type)];
  // Spelled out: the short form for pairs does not use an index here.
  const behind = after ? `and (${watermark} > ${w} or (${watermark} = ${w} and ${key} > ${k}))` : '';
  const settled =
    table.watermark.type === 'TIMESTAMP' ? `and ${watermark} <= now(6) - interval ${limits.settleSeconds} second` : '';
  await query('start transaction with consistent snapshot, read only');
  try {
    const rows = await query(
      `select ${selected(table, cast)} from ${named(table.table)} where ${watermark} is not null and ${key} is not null ${behind} ${settled}
       order by ${watermark}, ${key} limit ${limits.rows}`,
      after ? [after.watermark, after.watermark, after.key] : [],
    );
    return rows.map(placedRow);
  } finally {
    await query('rollback').catch(() => undefined);
  }
}

async function remarks(query: Query, table: SourceTable): Promise<string[]> {
  const [found] = await query(
    `select cast(count(*) as char) as unread from ${named(table.table)} where ${named(table.watermark.column)} is null
       or ${named(table.key.column)} is null`,
  );
  const grants = (await query('show grants')).flatMap((row) => Object.values(row));
  const writes = grants.some((grant) => /^GRANT .*\b(INSERT|UPDATE|DELETE|ALL PRIVILEGES)\b.* ON /i.test(grant ?? ''));
  const unread = found?.['unread'] ?? '0';
  return [...(unread === '0' ? [] : [withoutWatermark(unread)]), ...(writes ? [tooManyRights] : [])];
}
