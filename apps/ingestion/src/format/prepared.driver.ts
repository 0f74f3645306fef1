import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FileRow } from '../file/file-row.rules.js';
import type { Fault } from '../row/fault.rules.js';
import { lineOf, type ReadRow } from './read-row.rules.js';

/** A row as a line of a prepared file: its place, its text, its faults, its cells. */
type PreparedRow = [line: number, place: string, raw: string, faults: Fault[], cells: string[]];

/** Within what a line of any file may have, whatever its letters take. */
const lineCharactersMax = 300_000;
const shownCharacters = 1_000;

/**
 * Writes rows as a file of JSON lines that can be read again from any of its bytes, whatever the form they came in:
 * a batch reads its file twice, and single rows of it a third time. Either the whole file is there or none.
 */
export async function writePrepared(path: string, rows: AsyncIterable<ReadRow[]>): Promise<void> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const block of rows) if (block.length > 0) yield block.map(lineOfRow).join('');
  };
  const unfinished = `${path}.part`;
  try {
    await pipeline(Readable.from(lines(), { objectMode: true, highWaterMark: 1 }), createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

function lineOfRow({ line, place, raw, faults, cells }: ReadRow): string {
  const row: PreparedRow = [line, place, raw, faults, cells];
  const text = JSON.stringify(row);
  return text.length > lineCharactersMax ? tooLong(row) : `${text}\n`;
}

function tooLong([line, place, raw, , cells]: PreparedRow): string {
  const shown = (raw === '' ? lineOf(cells) : raw).slice(0, shownCharacters);
  const row: PreparedRow = [line, place, `${shown}…`, [{ code: 'LINE_TOO_LONG', pointer: '' }], []];
  return `${JSON.stringify(row)}\n`;
}

/** The row at a line of a prepared file. */
export function rowOfPrepared({ text, offset, length }: { text: string; offset: number; length: number }): FileRow {
  const [line, place, raw, faults, cells] = JSON.parse(text) as PreparedRow;
  return { line, place, raw: raw === '' ? lineOf(cells) : raw, offset, length, cells, faults };
}
