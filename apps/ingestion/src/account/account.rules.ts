import { columnsOf, type Column, type Contract } from '../contract/contract.rules.js';

/** The values that name an account, as mappings are kept by; undefined unless exactly the contract's fields name it. */
export function accountKey(
  accountBy: readonly string[],
  account: Readonly<Record<string, unknown>>,
): string | undefined {
  const values = accountBy.map((name) => account[name]);
  const named = values.every((value): value is string => typeof value === 'string' && value.trim() !== '');
  if (!named || Object.keys(account).length !== accountBy.length) return undefined;
  return values.map((value) => value.trim()).join('|');
}

/** The values by field; a `|` within belongs to the last of them. */
export function accountByField(accountBy: readonly string[], account: string): Record<string, string> {
  const values = account.split('|');
  const last = accountBy.length - 1;
  return Object.fromEntries(
    accountBy.map((name, at) => [name, at === last ? values.slice(at).join('|') : (values[at] ?? '')]),
  );
}

/** A record as its source delivers it: a field by the contract's name, as a file would hold it. */
export function rowOfRecord(contract: Contract, fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const cells = contract.columns
    .filter(({ name }) => fields[name] !== undefined && fields[name] !== null)
    .map((column) => [column.name, cellOf(column, fields[column.name])] as const);
  return Object.fromEntries(cells);
}

const decimalsOf = { yuan: 2, wan: 6 } as const;

function cellOf({ type, unit = 'yuan', separator = ';' }: Column, value: unknown): string {
  if (type === 'money') return decimalOf(String(value), decimalsOf[unit]);
  return Array.isArray(value) ? value.join(separator) : String(value);
}

/** Whole fen in the unit of the file, with every digit that it has. */
function decimalOf(fen: string, decimals: number): string {
  const sign = fen.startsWith('-') ? '-' : '';
  const digits = fen.slice(sign.length).padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Tells rows that carry no code of their own from those that do. */
export function mappedReader(
  contract: Contract,
  accounts: ReadonlyMap<string, string>,
): ((cells: readonly string[]) => boolean) | undefined {
  const accountBy = contract.accountBy ?? [];
  if (accountBy.length === 0 || accounts.size === 0) return undefined;
  const names = columnsOf(contract).map(({ name }) => name);
  const [code, ...places] = ['uscc', ...accountBy].map((name) => names.indexOf(name)) as [number, ...number[]];
  return (cells) => cells[code]!.trim() === '' && accounts.has(places.map((place) => cells[place]!.trim()).join('|'));
}
