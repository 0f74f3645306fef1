import { createHash } from 'node:crypto';

import { PullFailed } from '../connector/connector.error.js';
import type { SourceTable, TableConnector } from '../connector/connector.rules.js';
import { needed } from '../connector/reference.driver.js';
import type { Column } from '../contract/contract.rules.js';
import { openMysql } from './mysql-table.driver.js';
import { openPostgres } from './postgres-table.driver.js';
import type { Asked, Piece } from './source-reader.rules.js';
import type { PlacedRow, TableClient } from './table-client.driver.js';
import { cursorOfPlace, lineOf, placeOfCursor, type TablePlace } from './table-row.rules.js';

/** Reads what was added or changed in a table, chunk by chunk, by watermark and key. */
export async function* readTable(
  connector: TableConnector,
  asked: Asked,
  columns: ReadonlyMap<string, Column['type']>,
): AsyncGenerator<Piece> {
  const table = connector.tables.find(({ feed }) => feed === asked.feed)!;
  const client = await open(connector);
  try {
    const remarks = await told(() => client.remarks(table));
    let after = placeOfCursor(asked.position.cursor);
    while (!asked.stop.aborted) {
      const rows = await told(() => nextChunk(client, connector, { table, after }));
      if (rows.length > 0) yield pieceOf(rows, { table, columns, after, remarks });
      if (rows.length === 0 && remarks.length > 0)
        yield { mark: 'remarks', lines: [], next: asked.position, asOf: null, remarks };
      if (rows.length < connector.chunkRows) return;
      after = rows.at(-1)!.place;
    }
  } finally {
    await client.close().catch(() => undefined);
  }
}

const nextChunk = (
  client: TableClient,
  { chunkRows, settleSeconds }: TableConnector,
  { table, after }: { table: SourceTable; after: TablePlace | undefined },
): Promise<PlacedRow[]> => client.chunk(table, after, { rows: chunkRows, settleSeconds });

interface ChunkPlace {
  table: SourceTable;
  columns: ReadonlyMap<string, Column['type']>;
  after: TablePlace | undefined;
  remarks: string[];
}

function pieceOf(rows: PlacedRow[], { table, columns, after, remarks }: ChunkPlace): Piece {
  const from = after ? cursorOfPlace(after) : 'start';
  return {
    mark: createHash('sha256').update(from).digest('hex').slice(0, 16),
    lines: rows.map(({ row }) => lineOf(row, table, columns)),
    next: { cursor: cursorOfPlace(rows.at(-1)!.place), sequence: null },
    asOf: null,
    remarks,
  };
}

function open({ driver, url, timeoutSeconds }: TableConnector): Promise<TableClient> {
  const address = needed(url);
  return told(() =>
    driver === 'POSTGRES' ? openPostgres(address, timeoutSeconds) : openMysql(address, timeoutSeconds),
  );
}

/** What a foreign server says may hold its address or its rows: only the code goes on. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new PullFailed(typeof code === 'string' ? `its database says ${code}` : 'its database does not answer');
  }
}
