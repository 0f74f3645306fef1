import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from '@fast-check/jest';
import fc from 'fast-check';

import type { Contract } from '../contract/contract.rules.js';
import { FileFault } from './charset.driver.js';
import { scanKeys } from './key-scan.driver.js';
import { KeyTable } from './key-table.rules.js';
import { type FileForReading, rowsOf } from './row.driver.js';

const contract = { columns: [{ header: '名称', name: 'name', type: 'text' }] } as unknown as Contract;
const headers = ['名称', '统一社会信用代码', '记录主键', '业务日期', '报送日期', '操作类型'];
/** Whole blocks of lines before what is looked at: the first block of a file is read with care anyway. */
const before = `${headers.join(',')}\n${'n,c,k,e,r,I\n'.repeat(30_000)}`;

const key = fc.oneof(
  fc.constantFrom('A-1', 'A-2', '甲', ' A-1', 'A-2\u3000', '"A-1"', '"A-2', 'A"-1', '"甲"', '""'),
  fc.string({ unit: fc.constantFrom('A', '1', ' ', '甲'), maxLength: 3 }),
);
const name = fc.constantFrom('某公司', '"两\n行"', '"a,b"', '12"', '"没有收尾', '');
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(name, key).map(([first, third]) => `${first},c,${third},e,r,I`) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', 'x', ',,', 'A-1,A-1,A-1,A-1,A-1,A-1,A-1') },
);
const text = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean());

describe('the first pass over a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-scan-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileOf = (content: string | Buffer, charset: FileForReading['charset'] = 'utf-8'): FileForReading => {
    const path = join(folder, 'file.csv');
    writeFileSync(path, content);
    return { path, form: 'CSV', charset, contract };
  };

  test.prop([text], { numRuns: 25 })('misses no key that comes twice', async ([lines, end, ended]) => {
    const file = fileOf(`${before}${lines.join(end)}${ended ? end : ''}`);
    const table = new KeyTable();
    await scanKeys(file, table);
    const times = new Map<string, number>();
    for await (const rows of rowsOf(file))
      for (const { cells, faults } of rows)
        if (faults.length === 0) times.set(cells[0]!.trim(), (times.get(cells[0]!.trim()) ?? 0) + 1);
    const missed = [...times].filter(([cell, count]) => count > 1 && !table.isRepeated(cell));
    expect(missed).toEqual([]);
  });

  it('says where bytes stand that are no text, in either encoding', async () => {
    const lines = before.split('\n').length;
    for (const charset of ['utf-8', 'gb18030'] as const) {
      const plain = Buffer.from(before.replace(/^.*\n/, ''));
      const head = charset === 'utf-8' ? Buffer.from(`${headers.join(',')}\n`) : gb18030Head;
      const broken = Buffer.concat([head, plain, Buffer.from('n,c,\xff\xff,e,r,I\n', 'latin1')]);
      const failure = await scanKeys(fileOf(broken, charset), new KeyTable()).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(FileFault);
      expect((failure as FileFault).problem).toMatchObject({ code: 'FILE_ENCODING', line: lines });
    }
  });

  it('takes keys of GB18030 for the text they are', async () => {
    const row = Buffer.concat([Buffer.from('n,c,'), Buffer.from([0xbc, 0xd7]), Buffer.from(',e,r,I\n')]);
    const plain = Buffer.from('n,c,k,e,r,I\n'.repeat(30_000));
    const table = new KeyTable();
    await scanKeys(fileOf(Buffer.concat([gb18030Head, plain, row, row]), 'gb18030'), table);
    expect([table.isRepeated('甲'), table.isRepeated('乙')]).toEqual([true, false]);
  });
});

/** 名称,统一社会信用代码,记录主键,业务日期,报送日期,操作类型 */
const gb18030Head = Buffer.from(
  'c3fbb3c62ccdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb2cbcc7c2bcd6f7bcfc2cd2b5cef1c8d5c6da2cb1a8cbcdc8d5c6da2cb2d9d7f7c0e0d0cd0a',
  'hex',
);
