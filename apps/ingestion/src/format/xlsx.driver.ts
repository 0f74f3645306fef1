import type { SaxesTagPlain } from 'saxes';

import { FileFault } from '../file/charset.driver.js';
import type { Fault } from '../row/fault.rules.js';
import { placesOf } from '../row/header.rules.js';
import { corrupt } from './archive.driver.js';
import { type FeedReader, layoutOf, note, type RawFile, type ReadReport, type ReadRow } from './read-row.rules.js';
import { columnLetters, columnOfReference, type SheetCell, textOfCell } from './sheet-cell.rules.js';
import { openWorkbook, type Workbook } from './workbook.driver.js';
import { scanXml } from './xml-scan.driver.js';

/** Excel's own bounds. */
const columnsMax = 16_384;
/** No row of a table is longer; bounds what one row can make us hold. */
const rowCharactersMax = 1_000_000;

/** The first visible sheet of a workbook, or the one that the contract names; its first filled row is the header. */
export const xlsxReader: FeedReader = { read: readXlsx };

async function* readXlsx(file: RawFile, report: ReadReport): AsyncGenerator<ReadRow[]> {
  const book = await openWorkbook(file.path, file.contract.delivery?.xlsx?.sheet).catch((error: unknown) =>
    corrupt(error),
  );
  try {
    yield* readSheet(file, book, report);
  } catch (error) {
    corrupt(error);
  } finally {
    book.archive.close();
  }
}

async function* readSheet(file: RawFile, book: Workbook, report: ReadReport): AsyncGenerator<ReadRow[]> {
  const { sheet, archive } = book;
  const member = archive.find(sheet.path);
  if (!member) throw new Error(`the package lacks ${sheet.path}`);
  if (book.others > 0 && file.contract.delivery?.xlsx?.sheet === undefined)
    note(report, {
      code: 'SHEETS_IGNORED',
      zh: `只读取第一个工作表“${sheet.name}”，其余 ${book.others} 个工作表未读取`,
      en: `only the first sheet ${sheet.name} was read; ${book.others} others were not`,
      place: sheet.name,
    });
  const rows = new SheetRows(file, book, report);
  const cells = new SheetWalk((number, found) => rows.take(number, found), book);
  for await (const _ of scanXml(await archive.read(member), 'utf-8', cells)) {
    void _;
    const block = rows.flush();
    if (block.length > 0) yield block;
  }
  rows.end();
}

type RowCells = Map<number, SheetCell>;

/** Gathers the cells of each row of the sheet. */
class SheetWalk {
  private number = 0;
  private cells: RowCells = new Map();
  private cell: SheetCell | undefined;
  private at = -1;
  private taking = false;
  private hints = 0;
  private size = 0;

  constructor(
    private readonly row: (number: number, cells: RowCells) => void,
    private readonly book: Workbook,
  ) {}

  open(name: string, { attributes }: SaxesTagPlain): void {
    if (name === 'row') this.openRow(attributes.r);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'f' && this.cell) this.cell.formula = true;
    else if (name === 'rPh') this.hints += 1;
    else if ((name === 'v' || name === 't') && this.hints === 0) this.taking = true;
  }

  text(text: string): void {
    if (!this.taking || !this.cell) return;
    this.cell.value += text;
    this.size += text.length;
    if (this.size > rowCharactersMax) throw endlessRow(this.number);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.taking = false;
    else if (name === 'rPh') this.hints -= 1;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.row(this.number, this.cells);
  }

  /** Numbers may be left out; then rows and cells follow one another. They never go back. */
  private openRow(reference: string | undefined): void {
    const number = reference === undefined ? this.number + 1 : Number(reference);
    if (!Number.isSafeInteger(number) || number <= this.number || number > 1_048_576)
      throw new Error(`row ${reference} does not follow row ${this.number}`);
    [this.number, this.cells, this.at, this.size] = [number, new Map(), -1, 0];
  }

  private openCell(attributes: Record<string, string>): void {
    this.at = attributes.r === undefined ? this.at + 1 : columnOfReference(attributes.r);
    if (this.at < 0 || this.at >= columnsMax) throw new Error(`no cell is called ${attributes.r}`);
    const dated = this.book.dated[Number(attributes.s ?? 0)] === true;
    this.cell = { type: attributes.t ?? 'n', value: '', dated, formula: false };
  }

  private closeCell(): void {
    const { cell } = this;
    this.cell = undefined;
    if (!cell) return;
    if (cell.type === 's' && cell.value !== '') cell.value = this.stringAt(Number(cell.value));
    if (cell.value !== '' || cell.formula) this.cells.set(this.at, cell);
  }

  private stringAt(place: number): string {
    const text = this.book.strings[place];
    if (text === undefined) throw new Error(`there is no shared text ${place}`);
    return text;
  }
}

const endlessRow = (number: number): FileFault =>
  new FileFault({
    code: 'FILE_LIMIT',
    zh: `第 ${number} 行过长（超过 100 万字符），不是表格数据`,
    en: `row ${number} is longer than a million characters: this is no table`,
    line: number,
  });

/** Makes rows of the contract from rows of the sheet. */
class SheetRows {
  private places: number[] | undefined;
  private width = 0;
  private rows: ReadRow[] = [];

  constructor(
    private readonly file: RawFile,
    private readonly book: Workbook,
    private readonly report: ReadReport,
  ) {}

  flush(): ReadRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  end(): void {
    if (!this.places)
      throw new FileFault({
        code: 'FILE_EMPTY',
        zh: `工作表“${this.book.sheet.name}”为空，没有表头`,
        en: `the sheet ${this.book.sheet.name} is empty: it has no header`,
      });
  }

  take(number: number, cells: RowCells): void {
    if ([...cells.values()].every(({ value, formula }) => value.trim() === '' && !formula)) return;
    if (!this.places) this.takeHeader(number, cells);
    else this.rows.push(this.rowOf(number, cells, this.places));
  }

  private takeHeader(number: number, cells: RowCells): void {
    const filled = [...cells].filter(([, { value }]) => value.trim() !== '').map(([place]) => place);
    this.width = Math.max(...filled) + 1;
    const header = Array.from({ length: this.width }, (_, place) => cells.get(place)?.value ?? '');
    const read = placesOf(header, this.file.contract);
    if ('code' in read) throw new FileFault({ ...read, line: number });
    this.places = read.places;
    this.report.layout = layoutOf(this.file.contract, read.places);
  }

  private rowOf(number: number, cells: RowCells, places: number[]): ReadRow {
    const faults: Fault[] = [];
    const texts = places.map((place, column) => {
      const cell = cells.get(place);
      return cell ? this.textOf({ cell, number, place, column }, faults) : '';
    });
    const beyond = [...cells].some(([place, { value }]) => place >= this.width && value.trim() !== '');
    if (beyond) faults.push({ code: 'LINE_COLUMNS', pointer: '' });
    const place = `${this.book.sheet.name}!${number}`;
    return { line: number, place, raw: '', cells: texts, faults };
  }

  private textOf(at: { cell: SheetCell; number: number; place: number; column: number }, faults: Fault[]): string {
    const { cell, number, place, column } = at;
    const where = `${this.book.sheet.name}!${columnLetters(place)}${number}`;
    const read = textOfCell(cell, this.file.contract.columns[column - 5]?.type, this.book.system);
    if (typeof read === 'string') {
      faults.push({ code: read, pointer: `/${layoutNameOf(this.file, column)}` });
      return cell.value;
    }
    if (cell.formula)
      note(this.report, {
        code: 'FORMULA_VALUES',
        zh: '含有公式的单元格：只采用文件中保存的计算结果，不执行公式',
        en: 'cells hold formulas: their saved results were taken, no formula was run',
        place: where,
      });
    return read.text;
  }
}

const layoutNameOf = ({ contract }: RawFile, column: number): string => layoutOf(contract, undefined)[column] ?? '';
