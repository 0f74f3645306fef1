import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateCity, type Manifest, startTaxBureau, type TaxBureau, writeFeedFiles } from '@app/demo-city';
import { day } from '@app/kernel';

import { PullJob } from '../src/pull/pull.job.js';
import { type Ingestion, startIngestion } from './ingest.js';

const today = day('2026-11-23');

/** The city was written by somebody who knows the feeds page and not this service; so were its expected counts. */
describe('the demo city', () => {
  let city: Ingestion;
  let manifest: Manifest;
  let bureau: TaxBureau;
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-city-'));
  beforeAll(async () => {
    const model = generateCity({ enterprises: 60, months: 4, today, seed: 'ingestion' });
    manifest = await writeFeedFiles(model, folder);
    bureau = await startTaxBureau(model, { faults: { seed: 3, share: 0.15, slowMs: 6_000 } });
    city = await startIngestion({ TAX_BUREAU_URL: bureau.url, TAX_BUREAU_KEY: bureau.key });
    const [, ...accounts] = readFileSync(join(folder, manifest.accounts.file), 'utf8')
      .replace(/^\ufeff/, '')
      .trim()
      .split(/\r?\n/);
    const mapped = await city.operator.post('/api/ingestion/feeds/utility.usage/accounts', {
      accounts: accounts.map((line) => {
        const [account, kind, uscc] = line.split(',');
        return { account: { account, kind }, uscc };
      }),
    });
    expect(mapped.status).toBe(201);
  });
  afterAll(async () => {
    await bureau.close();
    await city.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is pulled from the tax bureau through all its faults, counted as the bureau knows', async () => {
    for (const pull of manifest.pulls) {
      await city.app.get(PullJob).run(pull.feed);
      await city.settle();
      const [sums] = await city.db.query(
        `select sum(read)::int as read, sum(accepted)::int as accepted, sum(unchanged)::int as unchanged, sum(stale)::int as stale,
                sum(quarantined)::int as quarantined, sum(refused)::int as refused
         from ingestion.batch where feed = $1 and origin = 'PULL'`,
        [pull.feed],
      );
      expect({ feed: pull.feed, ...sums }).toEqual({ feed: pull.feed, ...pull.expected });
      await city.app.get(PullJob).run(pull.feed);
    }
  }, 120_000);

  it('is taken in file by file with the counts that its maker expects', async () => {
    for (const file of manifest.files) {
      const batch = await city.deliver(file.feed, readFileSync(join(folder, file.file)), {
        type: file.contentType,
        reference: file.reference,
      });
      expect({ file: file.file, problem: batch.problem }).toEqual({ file: file.file, problem: null });
      const { read, accepted, unchanged, stale, quarantined, refused } = batch;
      expect({ file: file.file, read, accepted, unchanged, stale, quarantined, refused }).toEqual({
        file: file.file,
        ...file.expected,
      });
    }
    const feeds = await city.operator.get('/api/ingestion/feeds');
    for (const feed of (feeds.body as { items: { feed: string; records: number }[] }).items) {
      const [live] = await city.db.query<{ count: number }>(
        // What is held: the published view also leaves out what is public no longer.
        `select count(*)::int from ingestion.record_head h join ingestion.feed f on f.id = h.feed_id
         where f.feed = $1 and not h.withdrawn`,
        [feed.feed],
      );
      expect({ feed: feed.feed, records: feed.records }).toEqual({ feed: feed.feed, records: live?.count });
    }
  }, 120_000);
});
