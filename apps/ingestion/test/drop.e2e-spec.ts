import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeUscc } from '@app/kernel';

import { DropJob } from '../src/drop/drop.job.js';
import { type Ingestion, staffHeader, startIngestion } from './ingest.js';

const file = (key: string) => `${staffHeader}\n${key},${makeUscc('320505', 1)},2026-01-31,2026-02-01,I,2025,7,1\n`;

describe('the folder that sources put files into', () => {
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion();
  });
  afterAll(() => city.stop());

  const folderOf = (feed: string): string => {
    const folder = join(city.folder, 'drop', feed);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const round = async () => {
    for (let looks = 0; looks < 2; looks += 1) await city.app.get(DropJob).run();
    await city.settle();
  };
  const references = async () =>
    (await city.db.query<{ reference: string }>('select reference from ingestion.batch order by arrival')).map(
      ({ reference }) => reference.split('-')[1],
    );

  it('is not a window into the machine: a link is left where it is', async () => {
    const folder = folderOf('tech.staff');
    const secret = join(city.folder, 'secret.csv');
    writeFileSync(secret, file('S-1'));
    symlinkSync(secret, join(folder, 'link.csv'));
    writeFileSync(join(folder, 'link.csv.done'), '');
    writeFileSync(join(folder, 'plain.csv'), file('S-2'));
    await round();
    expect(await references()).toEqual(['plain.csv']);
    expect([existsSync(secret), readdirSync(folder).includes('link.csv')]).toEqual([true, true]);
  });

  it('goes on behind files that nobody can deal with', async () => {
    const early = folderOf('registry.enterprise');
    const long = `${'长'.repeat(83)}.doc`;
    writeFileSync(join(early, long), 'x');
    writeFileSync(join(early, `${long.slice(0, 78)}.csv`), 'x');
    mkdirSync(join(early, 'taken', `${long.slice(0, 78)}.csv`, 'x'), { recursive: true });
    writeFileSync(join(folderOf('tech.staff'), 'late.csv'), file('S-3'));
    await round();
    expect(await references()).toContain('late.csv');
    const failed = readdirSync(join(early, 'failed'));
    expect(failed).toHaveLength(2);
    expect(failed).toContain(long);
  });
});
