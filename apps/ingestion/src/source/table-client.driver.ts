import type { SourceTable } from '../connector/connector.rules.js';
import type { TablePlace, TableRow } from './table-row.rules.js';

/** A source's own database: two kinds of it, each with an own way of saying the same. */
export interface TableClient {
  /** The next rows behind a place, by watermark and key, in a transaction that can only read. */
  chunk(table: SourceTable, after: TablePlace | undefined, limits: ChunkLimits): Promise<PlacedRow[]>;
  /** What an operator should know: rows that can never be read, rights that nobody needs. */
  remarks(table: SourceTable): Promise<string[]>;
  close(): Promise<void>;
}

export interface ChunkLimits {
  rows: number;
  settleSeconds: number;
}

export interface PlacedRow {
  place: TablePlace;
  row: TableRow;
}

export const tooManyRights = 'the role may also write: give it SELECT on this table and nothing else';
export const withoutWatermark = (count: string): string =>
  `${count} rows have no watermark or no key and cannot be read`;

/** Columns under the names that `placedRow` looks for; `cast` makes text of whatever they hold. */
export function selected(table: SourceTable, cast: (column: string) => string): string {
  const fields = Object.entries(table.columns).map(([name, column]) => [`f_${name}`, column]);
  const withdrawn = table.withdrawn === undefined ? [] : [['f_withdrawn_by_source', table.withdrawn]];
  const all = [['place_watermark', table.watermark.column], ['place_key', table.key.column], ...fields, ...withdrawn];
  return all.map(([name, column]) => `${cast(column!)} as ${name}`).join(', ');
}

export function placedRow(found: Record<string, string | null>): PlacedRow {
  const row = Object.entries(found)
    .filter(([name]) => name.startsWith('f_'))
    .map(([name, value]) => [name.slice(2), value] as const);
  return { place: { watermark: found['place_watermark']!, key: found['place_key']! }, row: Object.fromEntries(row) };
}
