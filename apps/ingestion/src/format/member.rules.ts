import type { Contract } from '../contract/contract.rules.js';
import type { RawFile } from './read-row.rules.js';

const forms: [RegExp, RawFile['form']][] = [
  [/\.csv$/i, 'CSV'],
  [/\.(ndjson|jsonl)$/i, 'NDJSON'],
  [/\.xlsx$/i, 'XLSX'],
  [/\.xml$/i, 'XML'],
];

/** The form of a file by its name; `.txt` is what the contract makes of it. Undefined when it is no data. */
export function formOfMember(name: string, contract: Contract): RawFile['form'] | undefined {
  if (/\.(txt|dat)$/i.test(name)) return contract.delivery?.fixed ? 'FIXED' : 'CSV';
  return forms.find(([pattern]) => pattern.test(name))?.[1];
}

/** Folders, and what operating systems leave behind. */
export const isClutter = (name: string): boolean =>
  name.endsWith('/') || /(^|\/)(__MACOSX\/|\.[^./]|Thumbs\.db$|desktop\.ini$|~\$)/i.test(name);
