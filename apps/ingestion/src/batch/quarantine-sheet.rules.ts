import type { QuarantineResponse } from './batch.response.js';

const header = ['行号', '位置', '处理', '原因', '列', '记录主键', '原文'];

/** What a spreadsheet would take for a formula, also behind blanks and in full width; a tick before it makes it text. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** One cell of CSV that is text to every spreadsheet. */
export function safeCell(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Behind a mark that tells spreadsheets that it is UTF-8. */
export const quarantineHeader = (): string => `\ufeff${header.join(',')}\r\n`;

/** A row that was set aside, for the person who is going to mend it. */
export const quarantineLine = (row: QuarantineResponse): string =>
  `${[
    String(row.lineNumber),
    row.place,
    row.kind === 'REFUSED' ? '拒收' : '隔离',
    row.zh,
    row.header ?? '',
    row.recordKey ?? '',
    row.raw,
  ]
    .map(safeCell)
    .join(',')}\r\n`;
