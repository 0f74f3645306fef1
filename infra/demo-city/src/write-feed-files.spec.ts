import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { day } from '@app/kernel';

import { contractOf, readContracts, ReferenceReader } from '../test/reference-reader.js';
import { generateCity } from './city.js';
import { columnsOf, feedNames } from './feed-columns.js';
import type { ManifestFile } from './manifest.js';
import { flaws } from './row.js';
import { expectedPulls, feedFiles, pulledRows, writeFeedFiles } from './write-feed-files.js';

const today = day('2026-11-23');
const city = generateCity({ enterprises: 400, months: 24, today, seed: 'files' });
const files = [...feedFiles(city)];

describe('the departments’ files', () => {
  it('come out the same to the byte from the same seed', () => {
    const small = () => [...feedFiles(generateCity({ enterprises: 40, months: 6, today, seed: 'bytes' }))];
    const [one, two] = [small(), small()];
    expect(one.map((file) => file.entry)).toEqual(two.map((file) => file.entry));
    expect(Buffer.concat(one.map((file) => file.content)).equals(Buffer.concat(two.map((file) => file.content)))).toBe(
      true,
    );
  });

  it('have the columns of the contracts', async () => {
    for (const feed of feedNames) {
      const contract = await contractOf(feed);
      expect(columnsOf(feed).headers.slice(5)).toEqual(contract.map((column) => column.header));
      expect(columnsOf(feed).fields.slice(5)).toEqual(contract.map((column) => column.name));
    }
  });

  it.each(['files', 'again', 'third'])(
    'are read and counted by another reader as the manifest says (%s)',
    async (seed) => {
      const drawn = generateCity({ enterprises: 250, months: 24, today, seed });
      const reader = new ReferenceReader(drawn, await readContracts());
      for (const { feed, expected } of expectedPulls(drawn))
        expect([feed, reader.pull(feed)]).toEqual([feed, expected]);
      for (const { entry, content } of feedFiles(drawn)) {
        expect([entry.file, reader.file(entry, content)]).toEqual([entry.file, entry.expected]);
      }
    },
  );

  it('hold bad rows of every kind, 0.4 % to 1.2 % of all, and history of every kind', () => {
    const sum = (pick: (entry: ManifestFile) => number) => files.reduce((total, file) => total + pick(file.entry), 0);
    const rows = sum((entry) => entry.rows);
    const bad = sum((entry) => entry.expected.quarantined + entry.expected.refused);
    expect(bad / rows).toBeGreaterThan(0.004);
    expect(bad / rows).toBeLessThan(0.012);
    for (const flaw of flaws) expect([flaw, sum((entry) => entry.flaws[flaw] ?? 0)]).not.toEqual([flaw, 0]);
    expect(sum((entry) => entry.expected.stale)).toBeGreaterThan(20);
    expect(sum((entry) => entry.expected.unchanged)).toBeGreaterThan(20);
    expect(sum((entry) => entry.mappedByAccount)).toBeGreaterThan(20);
  });

  it('are written in the departments’ own ways', () => {
    const styles = new Set(files.map(({ entry }) => `${entry.form} ${entry.charset}${entry.bom ? ' BOM' : ''}`));
    expect([...styles].toSorted()).toEqual(['csv gb18030', 'csv utf-8', 'csv utf-8 BOM', 'ndjson utf-8']);
    const penalties = files.find(({ entry }) => entry.feed === 'penalty.decision');
    expect(penalties?.content.toString('utf8')).toMatch(/"[^"]*:\n未签订/);
  });

  it('never put the last month or a report behind today', () => {
    for (const feed of ['tax.vat-return', 'tax.income-return', 'tax.credit-rating']) {
      for (const row of pulledRows(city, feed).filter((one) => one.flaw === undefined)) {
        expect((row.cells[3] ?? '') <= today && (row.cells[2] ?? '') <= (row.cells[3] ?? '')).toBe(true);
      }
    }
    expect(city.calendar.months.at(-1)).toBe('2026-10');
    expect(city.calendar.years).toEqual([2023, 2024, 2025]);
  });

  it('work on the first days of a year and for one month only', () => {
    const early = generateCity({ enterprises: 40, months: 1, today: day('2026-01-01'), seed: 1 });
    const entries = [...feedFiles(early)].map((file) => file.entry);
    expect(early.calendar.months).toEqual(['2025-12']);
    expect(entries.every((entry) => entry.expected.read === entry.rows && entry.asOf <= '2026-01-01')).toBe(true);
  });

  it('are written to a folder with manifest and account mapping', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'city-'));
    const small = generateCity({ enterprises: 40, months: 3, today, seed: 'folder' });
    const manifest = await writeFeedFiles(small, folder);
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
    for (const entry of manifest.files) expect((await readFile(join(folder, entry.file))).length).toBe(entry.bytes);
    const mapping = (await readFile(join(folder, manifest.accounts.file), 'utf8')).trim().split('\n');
    expect(mapping).toHaveLength(manifest.accounts.rows + 1);
    const stages = manifest.files.map((entry) => entry.stage);
    expect(stages.lastIndexOf('FIRST')).toBeLessThan(stages.indexOf('LATER'));
    await rm(folder, { recursive: true });
  });
});
