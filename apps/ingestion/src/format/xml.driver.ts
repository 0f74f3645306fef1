import { createReadStream } from 'node:fs';

import type { SaxesTagPlain } from 'saxes';

import type { Charset } from '../contract/contract.rules.js';
import { charsetOf, FileFault } from '../file/charset.driver.js';
import type { Fault, FaultCode } from '../row/fault.rules.js';
import { corrupt } from './archive.driver.js';
import { headOf } from './file-head.driver.js';
import { type FeedReader, fieldPlaces, type RawFile, type ReadReport, type ReadRow } from './read-row.rules.js';
import { scanXml, type XmlHandlers } from './xml-scan.driver.js';

/**
 * A table in XML: the children of the root, or the elements that the contract names, are rows; their children and
 * attributes are cells, called by field name or header.
 */
export const xmlReader: FeedReader = { read: readXml };

const headBytes = 1_024;
/** No cell of a table is longer; bounds what one element can make us hold. */
const cellCharactersMax = 1_000_000;

async function* readXml(file: RawFile, _report: ReadReport): AsyncGenerator<ReadRow[]> {
  const charset = await charsetOfXml(file);
  const rows = new XmlRows(file);
  try {
    for await (const _ of scanXml(createReadStream(file.path), charset, rows)) {
      void _;
      const block = rows.flush();
      if (block.length > 0) yield block;
    }
  } catch (error) {
    corrupt(error);
  }
  if (!rows.sawRoot)
    throw new FileFault({ code: 'FILE_EMPTY', zh: '文件为空，没有根元素', en: 'the file is empty: it has no root' });
}

/** What the delivery says, or else what the document says of itself; when both speak they must agree. */
async function charsetOfXml({ path, charset }: RawFile): Promise<Charset> {
  const head = await headOf(path, headBytes);
  if (head[0] === 0xff || head[0] === 0xfe || head.includes('\0'))
    throw contradiction('UTF-16', 'UTF-8 或 GB18030', 'UTF-8 or GB18030');
  const name = declaredName(head);
  const own = name === undefined ? undefined : charsetOf(name);
  if (name !== undefined && own === undefined) throw contradiction(name, 'UTF-8 或 GB18030', 'UTF-8 or GB18030');
  if (own && charset && own !== charset) throw contradiction(own, `声明的 ${charset}`, `the declared ${charset}`);
  return own ?? charset ?? 'utf-8';
}

const declaredName = (head: Buffer): string | undefined =>
  /^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/i.exec(head.toString('latin1'))?.[1];

const contradiction = (found: string, zh: string, en: string): FileFault =>
  new FileFault({
    code: 'FILE_ENCODING',
    zh: `文件自称编码为 ${found}，但应为${zh}；请按实际编码声明`,
    en: `the file says that it is ${found}, but it must be ${en}: declare what it is`,
    line: 1,
  });

const endlessCell = (row: number): FileFault =>
  new FileFault({
    code: 'FILE_LIMIT',
    zh: `第 ${row} 个元素中的内容过长（超过 100 万字符），不是表格数据`,
    en: `a cell of element ${row} is longer than a million characters: this is no table`,
  });

class XmlRows implements XmlHandlers {
  sawRoot = false;
  private readonly places: ReadonlyMap<string, number>;
  private readonly rowName: string | undefined;
  private depth = 0;
  /** Depth of the row's element; 0 outside of rows. */
  private rowDepth = 0;
  private count = 0;
  private rows: ReadRow[] = [];
  private cells: string[] = [];
  private filled = new Set<number>();
  private faults: Fault[] = [];
  private column = -1;
  private content = '';

  constructor(private readonly file: RawFile) {
    this.places = fieldPlaces(file.contract);
    this.rowName = file.contract.delivery?.xml?.row;
  }

  flush(): ReadRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, tag: SaxesTagPlain): void {
    this.depth += 1;
    this.sawRoot = true;
    if (this.rowDepth === 0 && this.isRow(name)) this.beginRow(tag);
    else if (this.rowDepth > 0) this.beginCell(name);
  }

  text(text: string): void {
    if (this.column < 0) return;
    this.content += text;
    if (this.content.length > cellCharactersMax) throw endlessCell(this.count);
  }

  close(): void {
    if (this.rowDepth > 0 && this.depth === this.rowDepth) this.endRow();
    else if (this.rowDepth > 0 && this.depth === this.rowDepth + 1) this.endCell();
    this.depth -= 1;
  }

  private isRow(name: string): boolean {
    return this.rowName === undefined ? this.depth === 2 : name === this.rowName;
  }

  private beginRow({ attributes }: SaxesTagPlain): void {
    this.rowDepth = this.depth;
    this.count += 1;
    this.cells = Array.from({ length: this.file.contract.columns.length + 5 }, () => '');
    this.faults = [];
    this.filled = new Set();
    for (const [name, value] of Object.entries(attributes)) if (!isMarkup(name)) this.put(this.placeOf(name), value);
  }

  private beginCell(name: string): void {
    // An element inside a cell: the cell is no plain value.
    if (this.depth > this.rowDepth + 1) this.blame('LINE_UNREADABLE');
    else [this.column, this.content] = [this.placeOf(name), ''];
  }

  private endCell(): void {
    this.put(this.column, this.content);
    this.column = -1;
  }

  private placeOf(name: string): number {
    const place = this.places.get(name.normalize('NFKC')) ?? -1;
    if (place < 0) this.blame('FIELD_UNKNOWN');
    return place;
  }

  private put(place: number, text: string): void {
    if (place < 0) return;
    if (this.filled.has(place)) this.blame('CELL_TWICE');
    this.filled.add(place);
    this.cells[place] = text;
  }

  private endRow(): void {
    const { cells, faults, count } = this;
    this.rowDepth = 0;
    this.rows.push({ line: count, place: `第 ${count} 个元素`, raw: '', cells, faults });
  }

  /** A thousand strange elements in a row are one reason. */
  private blame(code: FaultCode): void {
    if (!this.faults.some((fault) => fault.code === code)) this.faults.push({ code, pointer: '' });
  }
}

/** Namespaces and schema hints that programs write at every element: they say how to read, and nothing of the row. */
const isMarkup = (name: string): boolean => name === 'xmlns' || /^(xmlns|xsi|xml):/.test(name);
