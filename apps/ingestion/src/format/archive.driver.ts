import { isUtf8 } from 'node:buffer';
import { type Readable, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';

import yauzl, { type Entry } from 'yauzl';

import { FileFault } from '../file/charset.driver.js';
import { unpackedBytesMax } from '../ingestion.config.js';
import { headOf } from './file-head.driver.js';

/** A member of an archive. */
export interface Member {
  name: string;
  entry: Entry;
}

/** A workbook has dozens of parts, a delivery a few files; more is a trap for whoever lists them. */
const membersMax = 10_000;
/** Deflate cannot do better than 1:1032, and honest tables stay below 1:100. */
const ratioMax = 250;
/** Small files may be packed as tightly as they like. */
const ratioFromBytes = 20_000_000;

/** A zip file whose list of members was read and found to be sane. */
export class Archive {
  private constructor(
    private readonly zip: yauzl.ZipFile,
    readonly members: readonly Member[],
  ) {}

  /** @throws FileFault */
  static async open(path: string): Promise<Archive> {
    await expectZip(path);
    const zip = await yauzl
      .openPromise(path, { autoClose: false, decodeStrings: false })
      .catch((error: unknown) => corrupt(error));
    try {
      return new Archive(zip, await membersOf(zip));
    } catch (error) {
      zip.close();
      return corrupt(error);
    }
  }

  find(name: string): Member | undefined {
    return this.members.find((member) => member.name.toLowerCase() === name.toLowerCase());
  }

  /** The unpacked bytes of a member, checked against its size and checksum as they pass. */
  async read(member: Member): Promise<Readable> {
    const { entry, name } = member;
    if (entry.isEncrypted())
      throw new FileFault({
        code: 'FILE_ENCRYPTED',
        zh: `压缩包中的“${name}”设有密码，请去掉密码后重新报送`,
        en: `${name} is encrypted: deliver it without a password`,
      });
    const packed = await this.zip.openReadStreamPromise(entry).catch((error: unknown) => corrupt(error));
    const checked = checksumOf(member);
    packed.on('error', (error) => checked.destroy(error));
    checked.on('close', () => packed.destroy());
    return packed.pipe(checked);
  }

  close(): void {
    this.zip.close();
  }
}

/** Failures of the disk stay what they are; everything else that a reader stumbles over is the file's fault. */
export function corrupt(error: unknown): never {
  if (error instanceof FileFault || (error as { syscall?: unknown }).syscall !== undefined) throw error as Error;
  throw new FileFault({
    code: 'FILE_CORRUPT',
    zh: '文件不完整或已损坏（可能在传输中被截断），请重新导出并报送',
    en: `the file is cut or damaged, perhaps on its way here: export it and deliver it again (${(error as Error).message})`,
  });
}

async function expectZip(path: string): Promise<void> {
  const head = (await headOf(path, 4)).toString('hex');
  if (head === '504b0304') return;
  const old = head === 'd0cf11e0';
  throw new FileFault({
    code: 'FILE_TYPE',
    zh: old
      ? '这是旧版 .xls 或带密码的工作簿，请另存为不带密码的 .xlsx'
      : '文件内容不是 zip 或 .xlsx，与其名称或类型不符；请按实际格式报送',
    en: old
      ? 'this is an old .xls or a workbook with a password: save it as .xlsx without one'
      : 'the file is neither zip nor .xlsx, whatever its name and type say: deliver it as what it is',
    byte: 1,
  });
}

async function membersOf(zip: yauzl.ZipFile): Promise<Member[]> {
  const members: Member[] = [];
  let [packed, unpacked] = [0, 0];
  if (zip.entryCount > membersMax) throw tooMuch(`${zip.entryCount} members`);
  for await (const entry of zip.eachEntry()) {
    members.push({ name: nameOf(entry), entry });
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
  }
  if (unpacked > unpackedBytesMax()) throw tooMuch(`${unpacked} bytes`);
  if (unpacked > ratioFromBytes && unpacked > packed * ratioMax) throw tooMuch(`1:${Math.round(unpacked / packed)}`);
  return members;
}

/** Sizes come from the list of members; reading a member stops as soon as it holds more than its list says. */
const tooMuch = (what: string): FileFault =>
  new FileFault({
    code: 'FILE_BOMB',
    zh: `压缩包展开后过大（${what}），已拒绝展开；请分成几个文件报送`,
    en: `the archive would unpack to too much (${what}) and was not unpacked: deliver it in several files`,
  });

/** Windows writes names in GBK without saying so. */
function nameOf(entry: Entry): string {
  const bytes = entry.fileName as unknown as Buffer;
  const declared = (entry.generalPurposeBitFlag & 0x800) !== 0;
  const name = new TextDecoder(declared || isUtf8(bytes) ? 'utf-8' : 'gb18030').decode(bytes);
  return name.replaceAll('\\', '/');
}

function checksumOf({ entry }: Member): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush: (done) => done(sum === entry.crc32 ? null : new Error('a checksum does not fit')),
  });
}
