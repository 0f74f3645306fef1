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

const separators: readonly (readonly [sign: string, zh: string, en: string])[] = [
  [';', '分号', 'semicolons'],
  ['\t', '制表符', 'tabs'],
  ['|', '竖线', 'bars'],
  ['，', '全角逗号', 'full-width commas'],
];

/** A header that is one cell, or that runs into the first row, was written by other rules: that is what has to be told. */
function otherRules(header: readonly string[], wanted: readonly string[]): FileProblem | undefined {
  const found = separators.find(
    ([sign]) => header.length === 1 && header[0]!.split(sign).map(plain).includes(wanted[0]!),
  );
  if (found)
    return {
      code: 'FILE_HEADER',
      zh: `各列以${found[1]}分隔；请另存为以英文逗号分隔的 CSV 后重新报送`,
      en: `the cells are separated by ${found[2]}: save the file as CSV with commas and deliver it again`,
      line: 1,
    };
  if (!header.some((cell) => cell.includes('\r'))) return undefined;
  return {
    code: 'FILE_HEADER',
    zh: '各行只以回车符（CR）结尾；请以 LF 或 CRLF 换行另存后重新报送',
    en: 'lines end with CR alone: save the file with LF or CRLF and deliver it again',
    line: 1,
  };
}

/** For each column of the contract, its place in the file's lines, -1 where it may be absent; or what is wrong. */
export function placesOf(header: readonly string[], contract: Contract): { places: number[] } | FileProblem {
  const columns = columnsOf(contract);
  const wanted = columns.map((column) => plain(column.header));
  const found = header.map(plain);
  const missing = wanted.filter((name, column) => columns[column]!.mayBeAbsent !== true && !found.includes(name));
  const strange = found.findIndex((name, place) => !wanted.includes(name) || found.indexOf(name) !== place);
  if (missing.length > 0)
    return (
      otherRules(header, wanted) ?? {
        code: 'FILE_HEADER',
        zh: `表头缺少列：${missing.join('、')}；请按数据契约补齐后重新报送`,
        en: `the header lacks the columns ${missing.join(', ')}: add them as the contract says and deliver the file again`,
        line: 1,
      }
    );
  if (strange >= 0)
    return {
      code: 'FILE_HEADER',
      zh: `第 ${strange + 1} 列的表头重复或不在数据契约中；请删去该列或改正表头后重新报送`,
      en: `the header of column ${strange + 1} comes twice or is not in the contract: drop or rename it, deliver again`,
      line: 1,
      column: strange + 1,
    };
  return { places: wanted.map((name) => found.indexOf(name)) };
}
