import { columnsOf, type Contract } from '../contract/contract.rules.js';
import { type Fault, faultTexts } from '../row/fault.rules.js';
import type { CheckedRow, RowCheck } from '../row/row.rules.js';

export interface CellFault {
  field: string;
  detail: string;
}

export type Mended = { cells: string[]; checked: CheckedRow } | { faults: CellFault[] };

const cellLengthMax = 4_000;

/** The row with other cells, checked as any delivered row is. */
export function mended(
  contract: Contract,
  check: RowCheck,
  { cells, edits }: { cells: readonly string[]; edits: Readonly<Record<string, unknown>> },
): Mended {
  const names = columnsOf(contract).map(({ name }) => name);
  const faults = Object.entries(edits)
    .filter(([name, cell]) => !names.includes(name) || typeof cell !== 'string' || cell.length > cellLengthMax)
    .map(([field]) => ({ field, detail: `must be a field of the contract and a text of at most ${cellLengthMax}` }));
  if (faults.length > 0) return { faults };
  const other = names.map((name, place) => (edits[name] as string | undefined) ?? cells[place] ?? '');
  const checked = check(other);
  return Array.isArray(checked) ? { faults: checked.map(toCellFault) } : { cells: other, checked };
}

const toCellFault = ({ code, pointer }: Fault): CellFault => ({
  field: pointer.slice(1),
  detail: `${code}: ${faultTexts[code].en}`,
});
