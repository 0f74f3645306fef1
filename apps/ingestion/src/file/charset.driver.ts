import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';

import type { Charset } from '../contract/contract.rules.js';
import type { FileProblem } from '../row/header.rules.js';

/** Names under which departments send the two encodings; gb18030 holds gbk and gb2312. */
const charsets: Record<string, Charset> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
};

export const charsetOf = (name: string): Charset | undefined => charsets[name.trim().toLowerCase()];

/** Strict: bytes that are no text are an error and never a replacement character. */
export const decoderOf = (charset: Charset): TextDecoder => new TextDecoder(charset, { fatal: true, ignoreBOM: true });

/** A file that is UTF-8 to its last byte is UTF-8: GB18030 text of more than a few letters never is. */
export async function detectCharset(path: string): Promise<Charset> {
  const decoder = decoderOf('utf-8');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }))
      decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** A batch that cannot be read as a whole. */
export class FileFault extends Error {
  constructor(readonly problem: FileProblem) {
    super(problem.en);
  }
}

/** Says where in a block of whole lines the first byte stands that is no text. */
export function encodingFault(block: Buffer, charset: Charset, place: { line: number; offset: number }): FileFault {
  const bad = firstBadByte(block, charset);
  const before = block.subarray(0, bad);
  const lineStart = before.lastIndexOf(10) + 1;
  const line = place.line + before.reduce((lines, byte) => lines + Number(byte === 10), 0);
  const column = decoderOf(charset).decode(before.subarray(lineStart), { stream: true }).length + 1;
  const byte = place.offset + bad;
  return new FileFault({
    code: 'FILE_ENCODING',
    zh: `文件不是 ${charset} 编码：第 ${line} 行第 ${column} 列（第 ${byte + 1} 字节）无法解码`,
    en: `the file is not ${charset}: line ${line}, column ${column} (byte ${byte + 1}) is no text`,
    line,
    column,
    byte: byte + 1,
  });
}

/** The longest beginning that decodes, found by halving. */
function firstBadByte(block: Buffer, charset: Charset): number {
  let [good, bad] = [0, block.length];
  while (good < bad) {
    const middle = (good + bad + 1) >> 1;
    if (decodes(block.subarray(0, middle), charset)) good = middle;
    else bad = middle - 1;
  }
  return good;
}

function decodes(bytes: Buffer, charset: Charset): boolean {
  try {
    decoderOf(charset).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
