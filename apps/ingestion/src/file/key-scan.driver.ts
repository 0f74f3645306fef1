import { isUtf8 } from 'node:buffer';

import type { Charset } from '../contract/contract.rules.js';
import { decoderOf, encodingFault } from './charset.driver.js';
import type { KeyTable } from './key-table.rules.js';
import { blocksOf, type LineBlock, linesOfBlock } from './line.driver.js';
import { CsvRows, type FileForReading, type FileRow, rowsOf } from './row.driver.js';

const [lineFeed, carriage, comma, quote] = [10, 13, 44, 34];
const keyColumn = 0;

/**
 * Puts the keys of all rows into the table. Throws FileFault for a file that cannot be read to its end, so that nothing
 * is written of it. Of CSV only the bytes are looked at wherever no quote is near: in UTF-8 and GB18030 no part of a longer
 * character is a comma, a quote or a line end. Then lines give their key that turn out to be none: a key that is taken for
 * repeated by mistake costs a little time and nothing else.
 */
export async function scanKeys(file: FileForReading, keys: KeyTable): Promise<void> {
  // Totals are sums over all cells: such a file is read with care.
  if (file.form === 'CSV' && !file.contract.delivery?.totals) return scanCsv(file, keys);
  for await (const rows of rowsOf(file)) addKeys(rows, keys);
  return undefined;
}

function addKeys(rows: FileRow[], keys: KeyTable): void {
  for (const row of rows) if (row.faults.length === 0) keys.add(row.cells[keyColumn]!.trim());
}

async function scanCsv({ path, charset, contract }: FileForReading, keys: KeyTable): Promise<void> {
  const rows = new CsvRows(contract);
  for await (const block of blocksOf(path)) {
    if (rows.header && !rows.isOpen && !block.tooLong && !block.bytes.includes(quote)) {
      checkText(block, charset);
      new PlainBlock(block.bytes, charset, keys).scan(rows.header.places[keyColumn]!);
      continue;
    }
    const found: FileRow[] = [];
    for (const line of linesOfBlock(block, charset)) rows.take(line, found);
    addKeys(found, keys);
  }
  const last: FileRow[] = [];
  rows.end(last);
  addKeys(last, keys);
}

function checkText(block: LineBlock, charset: Charset): void {
  if (charset === 'utf-8' ? isUtf8(block.bytes) : decodes(block.bytes, charset)) return;
  throw encodingFault(block.bytes, charset, block);
}

function decodes(bytes: Buffer, charset: Charset): boolean {
  try {
    decoderOf(charset).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Lines without a quote among them. */
class PlainBlock {
  constructor(
    private readonly bytes: Buffer,
    private readonly charset: Charset,
    private readonly keys: KeyTable,
  ) {}

  scan(column: number): void {
    const { bytes } = this;
    for (let from = 0; from < bytes.length;) {
      const lineEnd = bytes.indexOf(lineFeed, from);
      const end = lineEnd < 0 ? bytes.length : lineEnd;
      const start = this.columnFrom(column, from, end);
      this.addKey(start, this.cellEnd(start, end));
      from = end + 1;
    }
  }

  private columnFrom(column: number, from: number, end: number): number {
    let at = from;
    for (let passed = 0; passed < column; passed += 1) at = Math.min(this.cellEnd(at, end) + 1, end);
    return at;
  }

  private cellEnd(from: number, end: number): number {
    let at = from;
    while (at < end && this.bytes[at] !== comma) at += 1;
    return at;
  }

  private addKey(from: number, cellEnd: number): void {
    const { bytes } = this;
    const to = cellEnd > from && bytes[cellEnd - 1] === carriage ? cellEnd - 1 : cellEnd;
    for (let at = from; at < to; at += 1)
      // Blanks are cut off and longer characters are one each: both are known from text only.
      if (bytes[at]! <= 32 || bytes[at]! > 126) {
        this.keys.add(decoderOf(this.charset).decode(bytes.subarray(from, to)).trim());
        return;
      }
    this.keys.addBytes(bytes, from, to);
  }
}
