/** Without it Excel reads a UTF-8 file in the code page of the machine, and Chinese turns to noise. */
const byteOrderMark = '\uFEFF';

/** A cell that begins like a formula would be run by a spreadsheet: it is made text by a leading quote. */
const formula = /^[=+\-@\t\r]/;

export type Cell = string | number | null | undefined;

export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return byteOrderMark + [head, ...rows].map((row) => row.map(cellOf).join(',') + '\r\n').join('');
}

function cellOf(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = cell ?? '';
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = formula.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
