import type { ClaimedRow } from '../resolve/claimed-row.driver.js';
import type { Fault } from '../row/fault.rules.js';
import type { ArrivingRow } from './classify.rules.js';

/** A row that is set aside, with everything that is wrong with it. */
export interface SetAside {
  line: number;
  /** Where a person finds it, when the line does not say so. */
  place: string;
  raw: string;
  key: string | null;
  faults: Fault[];
  /** In the contract's order, so that people can mend them; none where the line could not be read. */
  cells: readonly string[];
  /** It waits for whoever it means to be found. */
  claimed?: ClaimedRow | undefined;
}

/** A withdrawal of what was never there. */
export const withdrawsUnknown = (row: ArrivingRow): SetAside => ({
  line: row.line,
  place: row.place ?? '',
  raw: row.raw,
  key: row.key,
  faults: [{ code: 'WITHDRAWS_UNKNOWN', pointer: '/record_key' }],
  cells: row.cells ?? [],
});

/** Its time of keeping is over: the line says that it was there, and nothing else does. */
export const withoutContent = ({ line, place }: ArrivingRow): SetAside => ({
  line,
  place: place ?? '',
  raw: '',
  key: null,
  faults: [{ code: 'RETENTION_OVER', pointer: '' }],
  cells: [],
});
