import type { SourceTable } from '../connector/connector.rules.js';
import type { Column } from '../contract/contract.rules.js';

/** A row as the database gives it: every value as text, by field name. */
export type TableRow = Record<string, string | null>;

/** The line that this row would be in a file: the database's ways of writing become those of the contract. */
export function lineOf(row: TableRow, table: SourceTable, columns: ReadonlyMap<string, Column['type']>): string {
  const cells = Object.keys(table.columns).map((name) => {
    const value = row[name] ?? '';
    const said = table.codes?.[name]?.[value] ?? value;
    return [name, cellOf(said, columns.get(name) ?? leadingType(name))] as const;
  });
  const op = isTrue(row['withdrawn_by_source'] ?? null) ? 'D' : 'U';
  return JSON.stringify({ ...Object.fromEntries(cells), op });
}

const leadingType = (name: string): Column['type'] => (name.endsWith('_date') ? 'day' : 'text');

/** A day may stand as an instant, a month as a day, a whole number with zeros behind the point. */
function cellOf(value: string, type: Column['type']): string {
  if (type === 'day' && /^\d{4}-\d{2}-\d{2}[ T]/.test(value)) return value.slice(0, 10);
  if (type === 'month' && /^\d{4}-\d{2}-\d{2}/.test(value)) return value.slice(0, 7);
  if (type === 'year' && /^\d{4}-\d{2}-\d{2}/.test(value)) return value.slice(0, 4);
  if (type === 'integer') return value.replace(/\.0+$/, '');
  // Databases keep more digits than the unit has; only zeros may go.
  return type === 'money' && value.includes('.') ? value.replace(/0+$/, '').replace(/\.$/, '') : value;
}

const isTrue = (value: string | null): boolean => value !== null && ['t', 'true', '1', 'Y', 'y'].includes(value);

export interface TablePlace {
  watermark: string;
  key: string;
}

/** The place as a cursor, and back; undefined at the beginning. */
export const cursorOfPlace = ({ watermark, key }: TablePlace): string => JSON.stringify([watermark, key]);

export function placeOfCursor(cursor: string): TablePlace | undefined {
  if (cursor === '') return undefined;
  const [watermark, key] = JSON.parse(cursor) as [string, string];
  return { watermark, key };
}

/** Names come from a checked declaration; quoted all the same, so that a reserved word is a name. */
export const quoted = (name: string, mark: '"' | '`'): string =>
  name
    .split('.')
    .map((part) => `${mark}${part}${mark}`)
    .join('.');
