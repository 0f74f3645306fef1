import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

import { Injectable } from '@nestjs/common';

import type { Charset, Contract, FileForm } from '../contract/contract.rules.js';
import { FileFault } from '../file/charset.driver.js';
import { type FileForReading, headerPlacesOf } from '../file/row.driver.js';
import { totalsCheckOf } from '../row/totals.rules.js';
import { Archive, corrupt, type Member } from './archive.driver.js';
import { settledCharset, settledJsonCharset } from './declared-charset.driver.js';
import { headOf } from './file-head.driver.js';
import { fixedReader } from './fixed.driver.js';
import { formOfMember, isClutter } from './member.rules.js';
import { plainReader } from './plain.driver.js';
import { writePrepared } from './prepared.driver.js';
import { type FeedReader, layoutOf, note, type RawFile, type ReadReport, type ReadRow } from './read-row.rules.js';
import { topicReader } from './topic.driver.js';
import { xlsxReader } from './xlsx.driver.js';
import { xmlReader } from './xml.driver.js';

export interface DeliveredFile {
  path: string;
  form: FileForm;
  charset: Charset | null;
  contract: Contract;
}

/** A file that can be read row by row from any place, and what was seen on the way there. */
export interface ReadableFile {
  file: FileForReading;
  report: ReadReport;
}

const readers: Record<RawFile['form'], FeedReader> = {
  CSV: plainReader,
  NDJSON: plainReader,
  XLSX: xlsxReader,
  XML: xmlReader,
  FIXED: fixedReader,
  TOPIC: topicReader,
};

/**
 * Makes a delivery readable by row. CSV and NDJSON are read as they came; archives are unpacked and the other forms
 * written down as rows beside the delivery, once: a batch that is resumed makes the same rows again.
 */
@Injectable()
export class Preparation {
  /** @throws FileFault */
  async of(delivered: DeliveredFile): Promise<ReadableFile> {
    const report: ReadReport = { layout: [], notes: [] };
    const { path, form } = delivered;
    if (form !== 'ZIP') return this.single({ ...delivered, form }, `${path}.rows`, report);
    return this.unpacked(delivered, report);
  }

  /** Removes what was made of a delivery. */
  async clear(path: string): Promise<void> {
    await Promise.all([`${path}.rows`, `${path}.data`].map((made) => rm(made, { force: true })));
  }

  private async single(raw: RawFile, rowsPath: string, report: ReadReport): Promise<ReadableFile> {
    await expectForm(raw);
    if (raw.form === 'CSV' || raw.form === 'NDJSON') return plainFile({ ...raw, form: raw.form }, report);
    await writePrepared(rowsPath, readRows(raw, report));
    return { file: { path: rowsPath, form: 'ROWS', charset: 'utf-8', contract: raw.contract }, report };
  }

  private async unpacked(delivered: DeliveredFile, report: ReadReport): Promise<ReadableFile> {
    const archive = await Archive.open(delivered.path);
    try {
      const members = dataMembersOf(archive, delivered.contract, report);
      const path = `${delivered.path}.data`;
      if (members.length > 1) {
        const rows = this.membersRows(archive, members, { delivered, path, report });
        await writePrepared(`${delivered.path}.rows`, rows);
        const file = { path: `${delivered.path}.rows`, form: 'ROWS' as const, charset: 'utf-8' as const };
        return { file: { ...file, contract: delivered.contract }, report };
      }
      await unpack(archive, members[0]!, path);
      const form = formOfMember(members[0]!.name, delivered.contract)!;
      return await this.single({ ...delivered, path, form }, `${delivered.path}.rows`, report);
    } finally {
      archive.close();
    }
  }

  /** All members, one after another in the order of their names; lines are counted through. */
  private async *membersRows(
    archive: Archive,
    members: readonly Member[],
    { delivered, path, report }: { delivered: DeliveredFile; path: string; report: ReadReport },
  ): AsyncGenerator<ReadRow[]> {
    let count = 0;
    for (const member of members) {
      await unpack(archive, member, path);
      const raw = { ...delivered, path, form: formOfMember(member.name, delivered.contract)! };
      await expectForm(raw);
      for await (const block of inMember(readRows(raw, report), member.name))
        yield block.map((row) => {
          count += 1;
          return { ...row, line: count, place: `${member.name}:${row.place === '' ? row.line : row.place}` };
        });
    }
    await rm(path, { force: true });
  }
}

/** The rows of a file, without its totals if they are right. CSV and NDJSON are checked where they are read. */
async function* readRows(raw: RawFile, report: ReadReport): AsyncGenerator<ReadRow[]> {
  const plain = raw.form === 'CSV' || raw.form === 'NDJSON';
  const totals = plain ? undefined : totalsCheckOf(raw.contract);
  for await (const block of readers[raw.form].read(raw, report)) yield totals ? totals.take(block) : block;
  const problem = totals?.fault();
  if (problem) throw new FileFault(problem);
}

/** Says of a fault in which member it lies. */
async function* inMember(rows: AsyncGenerator<ReadRow[]>, name: string): AsyncGenerator<ReadRow[]> {
  try {
    yield* rows;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const { problem } = error;
    throw new FileFault({ ...problem, zh: `“${name}”：${problem.zh}`, en: `${name}: ${problem.en}` });
  }
}

async function plainFile(raw: RawFile & { form: 'CSV' | 'NDJSON' }, report: ReadReport): Promise<ReadableFile> {
  const charset = raw.form === 'CSV' ? await settledCharset(raw) : await settledJsonCharset(raw);
  const file = { path: raw.path, form: raw.form, charset, contract: raw.contract };
  if (raw.form === 'CSV') report.layout = layoutOf(raw.contract, await headerPlacesOf(file));
  return { file, report };
}

/** The files of an archive that are meant to be read. @throws FileFault */
function dataMembersOf(archive: Archive, contract: Contract, report: ReadReport): Member[] {
  const files = archive.members.filter(({ name }) => !isClutter(name));
  const nested = files.find(({ name }) => /\.(zip|gz|tgz|tar|7z|rar|bz2|xz)$/i.test(name));
  if (nested)
    throw new FileFault({
      code: 'FILE_NESTED',
      zh: `压缩包里还有压缩包“${nested.name}”，不予展开；请直接压缩数据文件`,
      en: `${nested.name} is an archive within the archive, which is not unpacked: pack the data files themselves`,
    });
  const data = files.filter(({ name }) => formOfMember(name, contract) !== undefined);
  const several = contract.delivery?.zip?.members === 'SEVERAL';
  if (data.length === 0 || (data.length > 1 && !several)) throw wrongMembers(data.length, several);
  const ignored = files.filter((file) => !data.includes(file));
  for (const { name } of ignored)
    note(report, {
      code: 'MEMBERS_IGNORED',
      zh: '压缩包中有不是数据文件的内容，未读取',
      en: 'the archive holds files that are no data; they were not read',
      place: name,
    });
  return data.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const wrongMembers = (found: number, several: boolean): FileFault =>
  new FileFault({
    code: 'FILE_MEMBERS',
    zh: `压缩包中应${several ? '至少' : '恰好'}有一个数据文件（.csv .ndjson .xlsx .xml .txt），实际有 ${found} 个`,
    en: `the archive must hold ${several ? 'at least' : 'exactly'} one data file (.csv .ndjson .xlsx .xml .txt), not ${found}`,
  });

async function unpack(archive: Archive, member: Member, path: string): Promise<void> {
  try {
    await pipeline(await archive.read(member), createWriteStream(`${path}.part`));
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    corrupt(error);
  }
}

/** A workbook called `.csv` would be a thousand unreadable lines: one sentence tells more. @throws FileFault */
async function expectForm({ path, form }: RawFile): Promise<void> {
  if (form === 'XLSX' || !existsSync(path)) return;
  const found = signatureOf(await headOf(path, 4));
  if (!found) return;
  throw new FileFault({
    code: 'FILE_TYPE',
    zh: `文件内容是 ${found}，与其名称或类型（${form}）不符；请按实际格式报送`,
    en: `the file is ${found}, whatever its name and type (${form}) say: deliver it as what it is`,
    byte: 1,
  });
}

const signatures: [string, string][] = [
  ['504b0304', 'zip / .xlsx'],
  ['d0cf11e0', '.xls'],
  ['25504446', 'PDF'],
  ['89504e47', 'PNG'],
  ['ffd8ff', 'JPEG'],
  ['1f8b', 'gzip'],
  ['52617221', 'RAR'],
  ['377abcaf', '7z'],
];

const signatureOf = (head: Buffer): string | undefined =>
  signatures.find(([bytes]) => head.toString('hex').startsWith(bytes))?.[1];
