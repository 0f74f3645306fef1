/** Cells by field name; a text that is no object of plain values is `broken`. Numbers keep the digits they came with. */
export function cellsOfJson(line: string): Map<string, string> | 'broken' {
  let value: unknown;
  try {
    value = JSON.parse(line);
    // Doubles lose digits of large or fine amounts: read such lines again with the text of each number.
    if (hasNumber(value)) value = JSON.parse(line, numbersAsText as (key: string, value: unknown) => unknown);
  } catch {
    return 'broken';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'broken';
  const cells = new Map<string, string>();
  for (const [name, cell] of Object.entries(value)) {
    const text = textOf(cell);
    if (text === undefined) return 'broken';
    cells.set(name, text);
  }
  return cells;
}

const hasNumber = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).some((cell) => typeof cell === 'number');

const numbersAsText = (_key: string, value: unknown, context: { source: string }): unknown =>
  typeof value === 'number' ? context.source : value;

/** A list of texts is written as a file would write it; deeper things are no cell. */
function textOf(cell: unknown): string | undefined {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  if (Array.isArray(cell) && cell.every((item) => typeof item === 'string')) return cell.join(';');
  return undefined;
}
