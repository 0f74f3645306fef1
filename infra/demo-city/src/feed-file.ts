import iconv from 'iconv-lite';

import type { FileStyle } from './delivery-plan.js';
import { type FeedColumns, leading } from './feed-columns.js';
import type { Row } from './row.js';

const byteOrderMark = '\uFEFF';

/** The bytes of a file as the department writes it. */
export function encodeFile(rows: readonly Row[], columns: FeedColumns, style: FileStyle): Buffer {
  const text = style.form === 'csv' ? csvText(rows, columns, style) : ndjsonText(rows, columns);
  if (style.charset === 'gb18030') return iconv.encode(text, 'gb18030');
  return Buffer.from(style.bom ? byteOrderMark + text : text, 'utf8');
}

export function contentTypeOf(style: FileStyle): string {
  return style.form === 'csv' ? `text/csv; charset=${style.charset}` : 'application/x-ndjson; charset=utf-8';
}

function csvText(rows: readonly Row[], columns: FeedColumns, style: FileStyle): string {
  const line = (cells: readonly string[]) => cells.map((cell) => csvCell(cell, style.quoted)).join(',') + style.newline;
  let text = line(columns.headers);
  for (const row of rows) {
    const cells = cellsOf(row, style);
    // A line that lost its end: the clerk's export broke off.
    text += row.broken ? line(cells.slice(0, 6)) : line(cells);
  }
  return text;
}

function ndjsonText(rows: readonly Row[], columns: FeedColumns): string {
  let text = '';
  for (const row of rows) {
    const line = JSON.stringify(itemOf(row, columns));
    text += `${row.broken ? line.slice(0, Math.floor(line.length * 0.6)) : line}\n`;
  }
  return text;
}

/** The row under its field names, every value as text. */
export function itemOf(row: Row, columns: FeedColumns): Record<string, string> {
  const cells = row.typed ?? row.cells;
  return Object.fromEntries(columns.fields.map((field, place) => [field, cells[place] ?? '']));
}

function cellsOf(row: Row, style: FileStyle): readonly string[] {
  const cells = row.typed ?? row.cells;
  if (!style.compactDates) return cells;
  return cells
    .with(leading.event, (cells[leading.event] ?? '').replaceAll('-', ''))
    .with(leading.report, (cells[leading.report] ?? '').replaceAll('-', ''));
}

function csvCell(cell: string, quoted: boolean): string {
  return quoted || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
