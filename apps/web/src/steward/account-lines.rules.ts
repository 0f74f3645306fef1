export interface AccountLine {
  readonly account: Readonly<Record<string, string>>;
  readonly uscc: string;
}

export interface LineFault {
  readonly line: number;
  /** CELLS: too few or too many; CODE: no credit code at the end; TWICE: the account stands above with another code. */
  readonly why: 'CELLS' | 'CODE' | 'TWICE';
}

export interface AccountLines {
  readonly accounts: readonly AccountLine[];
  readonly faults: readonly LineFault[];
}

/** As the service takes them at once. */
export const accountsMax = 5_000;

const separators = /[\t,，;；]/;
const creditCode = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** One account a line, as it comes out of a spreadsheet: the fields that name it, then whose it is. */
export function accountLinesOf(words: string, fields: readonly string[]): AccountLines {
  const accounts = new Map<string, AccountLine>();
  const faults: LineFault[] = [];
  for (const [index, text] of words.split('\n').entries()) {
    if (text.trim() === '') continue;
    const cells = text.split(separators).map((cell) => cell.trim());
    const fault = take(cells, fields, accounts);
    if (fault) faults.push({ line: index + 1, why: fault });
  }
  return { accounts: [...accounts.values()], faults };
}

function take(
  cells: readonly string[],
  fields: readonly string[],
  accounts: Map<string, AccountLine>,
): LineFault['why'] | undefined {
  if (cells.length !== fields.length + 1 || cells.includes('')) return 'CELLS';
  const uscc = cells.at(-1)!.toUpperCase();
  if (!creditCode.test(uscc)) return 'CODE';
  const key = JSON.stringify(cells.slice(0, -1));
  const known = accounts.get(key);
  if (known && known.uscc !== uscc) return 'TWICE';
  accounts.set(key, { account: Object.fromEntries(fields.map((field, at) => [field, cells[at]!])), uscc });
  return undefined;
}
