import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

import type { Charset, Contract } from '../contract/contract.rules.js';
import { decoderOf, detectCharset, FileFault } from '../file/charset.driver.js';
import { splitCsv } from '../row/csv.rules.js';
import { placesOf } from '../row/header.rules.js';
import { byteLinesOf } from './byte-line.driver.js';
import { headOf } from './file-head.driver.js';
import type { RawFile } from './read-row.rules.js';

const headBytes = 1 << 16;
/** So many Chinese letters in a line that is UTF-8 throughout are no accident of GB18030. */
const lettersOfProof = 4;

/**
 * The encoding of a file with a header. What is declared must be so: a header that can be read only in the other
 * encoding tells the contradiction, where decoding the wrong way would give nonsense and a complaint about columns.
 * Undeclared, the header decides, and every line must follow it.
 * @throws FileFault
 */
export async function settledCharset(file: {
  path: string;
  charset: Charset | null;
  contract: Contract;
}): Promise<Charset> {
  await refuseUtf16(file.path);
  const found = await headerCharset(file.path, file.contract);
  if (file.charset && found && found !== file.charset) throw contradiction(file.charset, found);
  const charset = file.charset ?? found ?? (await detectCharset(file.path));
  if (charset === 'gb18030') await refuseMixture(file.path);
  return charset;
}

/**
 * The encoding of NDJSON, whose names are plain letters in both: only its Chinese can tell. Declared as GB18030, UTF-8
 * would be read without an error and kept as nonsense.
 * @throws FileFault
 */
export async function settledJsonCharset({ path, charset }: Pick<RawFile, 'path' | 'charset'>): Promise<Charset> {
  await refuseUtf16(path);
  if (charset === 'gb18030' && (await isChineseUtf8(path))) throw contradiction('gb18030', 'utf-8');
  const settled = charset ?? (await detectCharset(path));
  if (settled === 'gb18030') await refuseMixture(path);
  return settled;
}

/** "Unicode text" of spreadsheets: its mark says so, and to guess further would tell the wrong reason. */
async function refuseUtf16(path: string): Promise<void> {
  const mark = (await headOf(path, 2)).toString('hex');
  if (mark === 'fffe' || mark === 'feff')
    throw new FileFault({
      code: 'FILE_ENCODING',
      zh: '文件是 UTF-16（“Unicode 文本”），请另存为 UTF-8 或 GB18030 编码的 CSV 后重新报送',
      en: 'the file is UTF-16 ("Unicode text"): save it as CSV in UTF-8 or GB18030 and deliver it again',
      line: 1,
      byte: 1,
    });
}

/** UTF-8 to its last byte, with Chinese in it: no text in GB18030 is that by accident. */
async function isChineseUtf8(path: string): Promise<boolean> {
  const decoder = decoderOf('utf-8');
  let chinese = false;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }))
      chinese = /[\u4e00-\u9fff]/.test(decoder.decode(chunk as Buffer, { stream: true })) || chinese;
    decoder.decode();
    return chinese;
  } catch {
    return false;
  }
}

/** The one encoding in which the header is what the contract says; undefined when both or none will do. */
async function headerCharset(path: string, contract: Contract): Promise<Charset | undefined> {
  const head = await headOf(path, headBytes);
  const line = head
    .toString('latin1')
    .split('\n')
    .find((one) => one.trim() !== '');
  if (line === undefined) return undefined;
  const bytes = Buffer.from(line.replace(/\r$/, ''), 'latin1');
  const fitting = (['utf-8', 'gb18030'] as const).filter((charset) => readsHeader(bytes, charset, contract));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function readsHeader(line: Buffer, charset: Charset, contract: Contract): boolean {
  try {
    const cells = splitCsv(
      decoderOf(charset)
        .decode(line)
        .replace(/^\ufeff/, ''),
    );
    return typeof cells !== 'string' && 'places' in placesOf(cells, contract);
  } catch {
    return false;
  }
}

const contradiction = (declared: Charset, found: Charset): FileFault =>
  new FileFault({
    code: 'FILE_ENCODING',
    zh: `声明的编码是 ${declared}，但文件实际是 ${found}；请改正声明或另存为 ${declared}`,
    en: `the file is declared as ${declared} but is ${found}: declare what it is, or save it as ${declared}`,
    line: 1,
  });

/** Files that were glued together from two systems: lines of UTF-8 in a file of GB18030 would turn to nonsense. */
async function refuseMixture(path: string): Promise<void> {
  for await (const lines of byteLinesOf(createReadStream(path, { highWaterMark: 1 << 18 })))
    for (const { bytes, number, offset } of lines) {
      if (!isUtf8(bytes) || !isProvenUtf8(bytes)) continue;
      throw new FileFault({
        code: 'FILE_ENCODING',
        zh: `文件混用两种编码：整体为 gb18030，第 ${number} 行却是 utf-8；请统一编码后重新报送`,
        en: `the file mixes two encodings: it is gb18030, but line ${number} is utf-8. Save it in one and deliver it again`,
        line: number,
        byte: offset + 1,
      });
    }
}

function isProvenUtf8(bytes: Buffer): boolean {
  let letters = 0;
  for (const byte of bytes) if (byte >= 0xe4 && byte <= 0xe9) letters += 1;
  if (letters < lettersOfProof) return false;
  const chinese = bytes.toString('utf8').match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  const other = bytes.reduce((count, byte) => count + Number(byte > 127), 0) - chinese * 3;
  return chinese >= lettersOfProof && other <= 9;
}
