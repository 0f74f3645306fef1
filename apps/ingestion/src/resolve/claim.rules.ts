import { checkUscc } from '@app/kernel';

import { columnsOf, type Contract } from '../contract/contract.rules.js';
import { organisationCodeOf } from './match.rules.js';

/** What rows without a code say about whom they mean, as they say it; one claim stands for all rows that say the same. */
export interface Claimed {
  name: string;
  organisationCode: string;
  registrationNumber: string;
  representative: string;
  division: string;
  address: string;
  /** The values of the contract's `accountBy`, joined by `|`. */
  account: string;
}

/** What is known of a claim when a batch is read. */
export interface KnownClaim {
  id: string;
  /** null: it waits. */
  uscc: string | null;
}

export type ClaimReader = (cells: readonly string[]) => Claimed | undefined;

const parts = ['name', 'organisationCode', 'registrationNumber', 'representative', 'division', 'address'] as const;
const usccPlace = 1;

/** undefined for contracts whose rows must carry their code. Rows that do, or that say nothing, claim nothing. */
export function claimReaderOf(contract: Contract): ClaimReader | undefined {
  const { identifyBy } = contract;
  if (!identifyBy) return undefined;
  const columns = columnsOf(contract);
  const placeOf = (column: string | undefined) => columns.findIndex(({ name }) => name === column);
  const places = parts.map((part) => [part, placeOf(identifyBy[part])] as const);
  const accounts = (contract.accountBy ?? []).map(placeOf);
  const oldCodes = identifyBy.organisationCode === 'uscc';
  return (cells) => {
    if (hasCode(cells[usccPlace] ?? '', oldCodes)) return undefined;
    const cellAt = (place: number) => cells[place] ?? '';
    const said = Object.fromEntries(places.map(([part, place]) => [part, plain(cellAt(place))]));
    const names = accounts.map((place) => cellAt(place).trim());
    const account = names.includes('') ? '' : names.join('|');
    const claimed = { ...(said as unknown as Omit<Claimed, 'account'>), account };
    const { name, organisationCode, registrationNumber } = claimed;
    return name === '' && organisationCode === '' && registrationNumber === '' ? undefined : claimed;
  };
}

/** Whatever stands in the code's column is taken for a code, unless an old one may stand there and does. */
function hasCode(cell: string, oldCodes: boolean): boolean {
  const { normalised } = checkUscc(cell);
  return normalised !== '' && !(oldCodes && organisationCodeOf(normalised) !== undefined);
}

const plain = (cell: string): string => cell.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ');

/** Two rows with one key claim the same. */
export const claimKey = (claimed: Claimed): string =>
  JSON.stringify([...parts.map((part) => claimed[part].toUpperCase()), claimed.account]);

/** The row as it came, by field name, so that it can be read again. */
export const rowAsText = (contract: Contract, cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    columnsOf(contract)
      .map(({ name }, place) => [name, cells[place] ?? ''] as const)
      .filter(([, cell]) => cell !== ''),
  );
