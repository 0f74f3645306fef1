import type { SaxesTagPlain } from 'saxes';

import { FileFault } from '../file/charset.driver.js';
import { Archive } from './archive.driver.js';
import { showsDate } from './sheet-cell.rules.js';
import { scanXml, type XmlHandlers } from './xml-scan.driver.js';

/** Everything of a workbook that stands beside its cells. */
export interface Workbook {
  archive: Archive;
  sheet: { name: string; path: string };
  /** Sheets that are not read. */
  others: number;
  system: 1900 | 1904;
  /** By number of the cell's style: does it show a date? */
  dated: boolean[];
  strings: string[];
}

/** All different words of a workbook with a million rows; each costs its letters and what holds it. */
const stringBytesMax = 160_000_000;
const bytesPerString = 48;
/** Far beyond what Excel lets anybody type into one cell (32 767), and bounded for those who do not use Excel. */
const textLengthMax = 1_000_000;
/** Sheets, styles and links that a workbook may have; Excel stops at 65 490 styles. */
const partsMax = 100_000;

/** Opens a workbook and reads what its cells lean on. Close its archive. @throws FileFault */
export async function openWorkbook(path: string, wanted: string | undefined): Promise<Workbook> {
  const archive = await Archive.open(path);
  try {
    const { sheets, system } = await readSheets(archive);
    const sheet = chosen(sheets, wanted);
    const targets = await readTargets(archive);
    const target = targets.get(sheet.relation) ?? 'worksheets/sheet1.xml';
    return {
      archive,
      sheet: { name: sheet.name, path: target.startsWith('/') ? target.slice(1) : `xl/${target}` },
      others: sheets.length - 1,
      system,
      dated: await readStyles(archive),
      strings: await readStrings(archive),
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

interface SheetEntry {
  name: string;
  relation: string;
}

const silent: XmlHandlers = { open: () => undefined, text: () => undefined, close: () => undefined };

/** Reads one part of the package to its end; false when there is none. */
async function walkPart(archive: Archive, name: string, handlers: Partial<XmlHandlers>): Promise<boolean> {
  const member = archive.find(name);
  if (!member) return false;
  const pieces = await archive.read(member);
  for await (const _ of scanXml(pieces, 'utf-8', { ...silent, ...handlers })) void _;
  return true;
}

const attribute = (tag: SaxesTagPlain, name: string): string | undefined => {
  const key = Object.keys(tag.attributes).find((one) => one === name || one.endsWith(`:${name}`));
  return key === undefined ? undefined : tag.attributes[key];
};

async function readSheets(archive: Archive): Promise<{ sheets: SheetEntry[]; system: 1900 | 1904 }> {
  const sheets: SheetEntry[] = [];
  let system: 1900 | 1904 = 1900;
  const found = await walkPart(archive, 'xl/workbook.xml', {
    open: (name, tag) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attribute(tag, 'date1904') ?? '')) system = 1904;
      if (name === 'sheet' && (attribute(tag, 'state') ?? 'visible') === 'visible')
        sheets.push({ name: attribute(tag, 'name') ?? '', relation: relationOf(tag) });
      expectFew(sheets.length);
    },
  });
  if (!found)
    throw new FileFault({
      code: 'FILE_TYPE',
      zh: '压缩包里没有工作簿：它不是 .xlsx 文件，请按实际格式报送',
      en: 'this zip holds no workbook: it is no .xlsx, deliver it as what it is',
    });
  return { sheets, system };
}

/** `r:id`, and never `sheetId`. */
const relationOf = (tag: SaxesTagPlain): string => {
  const key = Object.keys(tag.attributes).find((name) => name.endsWith(':id'));
  return key === undefined ? '' : (tag.attributes[key] ?? '');
};

function chosen(sheets: SheetEntry[], wanted: string | undefined): SheetEntry {
  const sheet = wanted === undefined ? sheets[0] : sheets.find(({ name }) => name.trim() === wanted);
  if (sheet) return sheet;
  const names = sheets.map(({ name }) => name).join('、');
  throw new FileFault({
    code: 'FILE_SHEET',
    zh: wanted === undefined ? '工作簿没有可见的工作表' : `工作簿里没有名为“${wanted}”的工作表（现有：${names}）`,
    en:
      wanted === undefined
        ? 'the workbook has no visible sheet'
        : `the workbook has no sheet ${wanted}: it has ${names}`,
  });
}

async function readTargets(archive: Archive): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await walkPart(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, tag) => {
      if (name === 'Relationship') targets.set(attribute(tag, 'Id') ?? '', attribute(tag, 'Target') ?? '');
      expectFew(targets.size);
    },
  });
  return targets;
}

async function readStyles(archive: Archive): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const dated: boolean[] = [];
  let inCells = false;
  await walkPart(archive, 'xl/styles.xml', {
    open: (name, tag) => {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt') codes.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '');
      if (name !== 'xf' || !inCells) return;
      const id = Number(attribute(tag, 'numFmtId') ?? 0);
      dated.push(showsDate(id, codes.get(id)));
      expectFew(Math.max(dated.length, codes.size));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dated;
}

/** Texts of all cells, each once; hints for pronunciation are no part of a text. */
async function readStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = [];
  let [text, bytes, inText, hints] = ['', 0, false, 0];
  await walkPart(archive, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') hints += 1;
      if (name === 't') inText = hints === 0;
    },
    text: (more) => {
      if (inText) text += more;
      if (text.length > textLengthMax) throw tooManyWords();
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'rPh') hints -= 1;
      if (name !== 'si') return;
      strings.push(text);
      bytes += text.length * 2 + bytesPerString;
      if (bytes > stringBytesMax) throw tooManyWords();
    },
  });
  return strings;
}

function expectFew(parts: number): void {
  if (parts > partsMax)
    throw new FileFault({
      code: 'FILE_LIMIT',
      zh: '工作簿的工作表、样式或链接过多，不是正常的表格；请另存为新的 .xlsx 或改用 CSV',
      en: 'the workbook has more sheets, styles or links than any table: save it anew, or deliver CSV',
    });
}

const tooManyWords = (): FileFault =>
  new FileFault({
    code: 'FILE_LIMIT',
    zh: '工作簿中的不同文字过多，请改用 CSV 报送或分成几个文件',
    en: 'the workbook holds too many or too long different texts: deliver CSV, or several files',
  });
