/** A value of a row; anything else than these goes to PostgreSQL as the text of its JSON. */
type Cell = string | number | bigint | boolean | Date | object | null | undefined;

/** Rows of one shape on their way into a statement. `sql` stands after FROM; its parameters are what `parameters` gives. */
export interface Recordset<Name extends string> {
  sql: string;
  parameters(rows: readonly Readonly<Record<Name, Cell>>[]): string[];
  /** Number of the first parameter behind these. */
  next: number;
}

/**
 * Many rows as parameters of one statement, an array for each column: PostgreSQL reads arrays in half the time of
 * json_to_recordset, and they take half the time to write.
 *
 * @param types PostgreSQL's type of each column, in their order
 * @param first number of the first parameter
 */
export function recordset<Name extends string>(types: Readonly<Record<Name, string>>, first = 1): Recordset<Name> {
  const names = Object.keys(types) as Name[];
  const arrays = names.map((name, at) => `$${first + at}::${types[name]}[]`);
  return {
    sql: `unnest(${arrays.join(', ')}) as row (${names.join(', ')})`,
    parameters: (rows) => names.map((name) => `{${rows.map((row) => element(row[name])).join(',')}}`),
    next: first + names.length,
  };
}

function element(cell: Cell): string {
  if (cell === null || cell === undefined) return 'NULL';
  if (typeof cell === 'string') return quoted(cell);
  if (typeof cell !== 'object') return String(cell);
  return quoted(cell instanceof Date ? cell.toISOString() : JSON.stringify(cell));
}

const quoted = (text: string): string =>
  `"${needsEscape.test(text) ? text.replaceAll(/["\\]/g, String.raw`\$&`) : text}"`;
const needsEscape = /["\\]/;
