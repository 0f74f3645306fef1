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

/** 256 kB decode in about a millisecond: others on this core wait no longer. */
const blockBytes = 1 << 18;
/** Far beyond any record; bounds the memory that a file without line ends can take. */
const lineBytesMax = 1 << 20;
/** Enough of a line that is too long to know it again. */
const shownBytes = 1_000;

/**
 * The lines of a file, block by block. Lines are found on the bytes and decoded a block at a time: in UTF-8 and GB18030
 * no part of a longer character is a line feed.
 */
export async function* linesOf(path: string, charset: Charset): AsyncGenerator<Line[]> {
  const file = await open(path, 'r');
  try {
    yield* readLines(file, charset);
  } finally {
    await file.close();
  }
}

async function* readLines(file: FileHandle, charset: Charset): AsyncGenerator<Line[]> {
  let [rest, offset, number, skipping] = [Buffer.alloc(0), 0, 1, false];
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
    const lines = linesIn(bytes.subarray(0, whole), charset, { line: number, offset });
    number += lines.length;
    offset += whole;
    rest = bytes.subarray(whole);
    if (rest.length > lineBytesMax) {
      lines.push(tooLongLine(rest, { line: number, offset }));
      [number, offset, rest, skipping] = [number + 1, offset + rest.length, Buffer.alloc(0), true];
    }
    if (lines.length > 0) yield lines;
    if (atEnd) return;
  }
}

interface Place {
  line: number;
  offset: number;
}

function linesIn(block: Buffer, charset: Charset, place: Place): Line[] {
  if (block.length === 0) return [];
  const text = decoded(block, charset, place);
  const lines: Line[] = [];
  let [byteAt, textAt] = [0, place.offset === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0];
  while (byteAt < block.length) {
    const byteEnd = block.indexOf(10, byteAt);
    const textEnd = text.indexOf('\n', textAt);
    const [nextByte, stop] = byteEnd < 0 ? [block.length, text.length] : [byteEnd + 1, textEnd];
    const carriage = stop > textAt && text.charCodeAt(stop - 1) === 13 ? 1 : 0;
    lines.push({
      number: place.line + lines.length,
      text: text.slice(textAt, stop - carriage),
      offset: place.offset + byteAt,
      length: nextByte - byteAt,
      tooLong: false,
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
