/** More fields than any contract has: such a line is read, and its numbers are not looked at twice. */
const fieldsMax = 1_000;

/** Cells by field name; a text that is no object of plain values is `broken`. Numbers keep the digits they came with. */
export function cellsOfJson(line: string): Map<string, string> | 'broken' {
  const fields = fieldsOf(line);
  if (!fields || !Object.values(fields).every(isPlain)) return 'broken';
  // Doubles lose digits of large or fine amounts: read such lines again with the text of each number.
  const again = hasNumber(fields) && Object.keys(fields).length <= fieldsMax;
  const exact = again ? (JSON.parse(line, numbersAsText as Reviver) as object) : fields;
  return new Map(Object.entries(exact).map(([name, cell]) => [name, textOf(cell) ?? String(cell)]));
}

type Reviver = (key: string, value: unknown) => unknown;

function fieldsOf(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isPlain = (cell: unknown): boolean => typeof cell === 'number' || textOf(cell) !== undefined;

const hasNumber = (fields: object): boolean => Object.values(fields).some((cell) => typeof cell === 'number');

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
