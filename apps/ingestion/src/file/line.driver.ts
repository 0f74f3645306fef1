import { type FileHandle, open } from 'node:fs/promises';

import type { Charset } from '../contract/contract.rules.js';
import { decoderOf, encodingFault } from './charset.driver.js';

/** One line as it stands in the file, without its end. */
export interface Line {
  number: number;
  text: string;
  offset: number;
  /** With its end. */
  length: number;
  tooLong: boolean;
}

/** The rows of 32 kB are checked in two milliseconds: PostgreSQL, which waits for this process between statements, waits no longer. */
const blockBytes = 1 << 15;
/** Far beyond any record; bounds the memory that a file without line ends can take. */
const lineBytesMax = 1 << 20;
/** Enough of a line that is too long to know it again. */
const shownBytes = 1_000;

/** Whole lines as bytes, or the beginning of one that is too long. */
export interface LineBlock extends Place {
  bytes: Buffer;
  /** Lines in it. */
  lines: number;
  tooLong: boolean;
}

/**
 * The lines of a file, block by block. Lines are found on the bytes and decoded a block at a time: in UTF-8 and GB18030
 * no part of a longer character is a line feed.
 */
export async function* linesOf(path: string, charset: Charset): AsyncGenerator<Line[]> {
  for await (const block of blocksOf(path)) yield linesOfBlock(block, charset);
}

export const linesOfBlock = (block: LineBlock, charset: Charset): Line[] =>
  block.tooLong ? [tooLongLine(block.bytes, block)] : linesIn(block.bytes, charset, block);

/** The same lines undecoded. */
export async function* blocksOf(path: string): AsyncGenerator<LineBlock> {
  const file = await open(path, 'r');
  try {
    yield* readBlocks(file);
  } finally {
    await file.close();
  }
}

async function* readBlocks(file: FileHandle): AsyncGenerator<LineBlock> {
  let [rest, offset, line, skipping] = [Buffer.alloc(0), 0, 1, false];
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(blockBytes), 0, blockBytes, null);
    let bytes =
      rest.length === 0 ? buffer.subarray(0, bytesRead) : Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    const atEnd = bytesRead === 0;
    if (skipping) {
      const end = bytes.indexOf(10);
      const dropped = end < 0 ? bytes.length : end + 1;
      [bytes, offset, skipping] = [bytes.subarray(dropped), offset + dropped, end < 0];
    }
    const whole = atEnd ? bytes.length : bytes.lastIndexOf(10) + 1;
    const block = { bytes: bytes.subarray(0, whole), line, offset, lines: linesCounted(bytes, whole), tooLong: false };
    if (whole > 0) yield block;
    [line, offset, rest] = [line + block.lines, offset + whole, bytes.subarray(whole)];
    if (rest.length > lineBytesMax) {
      yield { bytes: rest, line, offset, lines: 1, tooLong: true };
      [line, offset, rest, skipping] = [line + 1, offset + rest.length, Buffer.alloc(0), true];
    }
    if (atEnd) return;
  }
}

/** The last line of a file may lack its end. */
function linesCounted(bytes: Buffer, whole: number): number {
  let lines = whole > 0 && bytes[whole - 1] !== 10 ? 1 : 0;
  for (let end = bytes.indexOf(10); end >= 0 && end < whole; end = bytes.indexOf(10, end + 1)) lines += 1;
  return lines;
}

interface Place {
  line: number;
  offset: number;
}

function linesIn(block: Buffer, charset: Charset, place: Place): Line[] {
  const text = decoded(block, charset, place);
  const lines: Line[] = [];
  // Text of one byte a character stands where its bytes stand.
  const isPlain = text.length === block.length;
  let [byteAt, textAt] = [0, 0];
  while (byteAt < block.length) {
    // Files that were put together from several begin anew with their mark: it is no part of any line.
    if (text.charCodeAt(textAt) === 0xfeff) textAt += 1;
    const byteEnd = block.indexOf(10, byteAt);
    const textEnd = isPlain ? byteEnd : text.indexOf('\n', textAt);
    const [nextByte, stop] = byteEnd < 0 ? [block.length, text.length] : [byteEnd + 1, textEnd];
    const carriage = stop > textAt && text.charCodeAt(stop - 1) === 13 ? 1 : 0;
    const length = nextByte - byteAt;
    const tooLong = length > lineBytesMax;
    lines.push({
      number: place.line + lines.length,
      text: text.slice(textAt, tooLong ? textAt + shownBytes : stop - carriage),
      offset: place.offset + byteAt,
      length,
      // The same wherever the blocks of a file end.
      tooLong,
    });
    [byteAt, textAt] = [nextByte, stop + 1];
  }
  return lines;
}

function decoded(block: Buffer, charset: Charset, place: Place): string {
  try {
    return decoderOf(charset).decode(block);
  } catch {
    throw encodingFault(block, charset, place);
  }
}

const tooLongLine = (bytes: Buffer, { line, offset }: Place): Line => ({
  number: line,
  text: `${bytes.subarray(0, shownBytes).toString('latin1')}…`,
  offset,
  length: bytes.length,
  tooLong: true,
});
