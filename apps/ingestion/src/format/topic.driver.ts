import { createReadStream } from 'node:fs';

import { columnsOf } from '../contract/contract.rules.js';
import type { FaultCode } from '../row/fault.rules.js';
import { cellsOfJson } from '../row/ndjson.rules.js';
import { type KeptMessage, placeOfMessage } from '../topic/topic-line.rules.js';
import { byteLinesOf } from './byte-line.driver.js';
import { type FeedReader, layoutOf, type RawFile, type ReadReport, type ReadRow } from './read-row.rules.js';

/** Messages of a source's topic, one JSON object each: where a row is found is its partition and offset. */
export const topicReader: FeedReader = { read: readMessages };

async function* readMessages({ path, contract }: RawFile, report: ReadReport): AsyncGenerator<ReadRow[]> {
  const names = columnsOf(contract).map(({ name }) => name);
  report.layout = layoutOf(contract, undefined);
  for await (const lines of byteLinesOf(createReadStream(path, { highWaterMark: 1 << 18 })))
    yield lines
      .filter(({ bytes }) => bytes.length > 0)
      .map(({ number, bytes }) => rowOf(JSON.parse(bytes.toString('utf8')) as KeptMessage, { line: number, names }));
}

function rowOf(message: KeptMessage, { line, names }: { line: number; names: string[] }): ReadRow {
  const { value, base64, cut } = message;
  const row = { line, place: placeOfMessage(message), raw: value ?? (base64 === undefined ? '' : `base64:${base64}`) };
  const broken = (code: FaultCode): ReadRow => ({ ...row, cells: [], faults: [{ code, pointer: '' }] });
  if (cut) return broken('LINE_TOO_LONG');
  const cells = value === undefined ? 'broken' : cellsOfJson(value);
  if (cells === 'broken') return broken('LINE_UNREADABLE');
  if ([...cells.keys()].some((name) => !names.includes(name))) return broken('FIELD_UNKNOWN');
  return { ...row, cells: names.map((name) => cells.get(name) ?? ''), faults: [] };
}
