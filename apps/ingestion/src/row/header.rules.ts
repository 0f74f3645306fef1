import { columnsOf, type Contract } from '../contract/contract.rules.js';

type FileProblemCode =
  | 'FILE_EMPTY'
  | 'FILE_HEADER'
  | 'FILE_ENCODING'
  | 'FILE_GONE'
  | 'FILE_STUCK'
  /** Truncated, or not what its name and type say. */
  | 'FILE_CORRUPT'
  | 'FILE_TYPE'
  | 'FILE_ENCRYPTED'
  /** More than any honest file of its size holds, or than one file may hold. */
  | 'FILE_BOMB'
  | 'FILE_LIMIT'
  | 'FILE_NESTED'
  | 'FILE_MEMBERS'
  | 'FILE_SHEET'
  | 'FILE_XML'
  | 'FILE_DTD'
  | 'FILE_LAYOUT'
  | 'FILE_TOTALS';

/** What is wrong with a file as a whole, and where; such a batch fails and leaves nothing. */
export interface FileProblem {
  code: FileProblemCode;
  zh: string;
  en: string;
  line?: number;
  column?: number;
  byte?: number;
}

/** Departments mix full-width and half-width brackets; both are the same header. */
const plain = (header: string): string => header.normalize('NFKC').trim();

/** For each column of the contract, its place in the file's lines, -1 where it may be absent; or what is wrong. */
export function placesOf(header: readonly string[], contract: Contract): { places: number[] } | FileProblem {
  const columns = columnsOf(contract);
  const wanted = columns.map((column) => plain(column.header));
  const found = header.map(plain);
  const missing = wanted.filter((name, column) => columns[column]!.mayBeAbsent !== true && !found.includes(name));
  const strange = found.findIndex((name, place) => !wanted.includes(name) || found.indexOf(name) !== place);
  if (missing.length > 0)
    return {
      code: 'FILE_HEADER',
      zh: `表头缺少列：${missing.join('、')}`,
      en: `the header lacks the columns ${missing.join(', ')}`,
      line: 1,
    };
  if (strange >= 0)
    return {
      code: 'FILE_HEADER',
      zh: `第 ${strange + 1} 列的表头重复或不在数据契约中`,
      en: `the header of column ${strange + 1} comes twice or is not in the contract`,
      line: 1,
      column: strange + 1,
    };
  return { places: wanted.map((name) => found.indexOf(name)) };
}
