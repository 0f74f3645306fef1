import {
  accountsOf,
  type City,
  expectedPulls,
  type FeedFile,
  feedFiles,
  type FileKind,
  type ManifestPull,
} from '@app/demo-city';
import { BrokenInvariant } from '@app/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { officerOf } from './city-people.js';
import type { InProcess } from './in-process.js';
import type { Progress } from './progress.js';

/** So many batches wait in line at once: enough to keep both lanes of ingestion busy. */
const waitingMax = 4;
const lookEveryMs = 100;
/** A pull that gave up, as the bureau fails now and then, is asked for again after so many looks. */
const askAgainLooks = 20;
/** Accounts that are told at once: well below the most that one body may hold. */
const accountsAtOnce = 2_000;

interface Batch {
  id: string;
  status: string;
}

/** Delivers the city's files by ingestion's own door, in order, and waits until they are in. */
export class CityFeeds {
  constructor(
    private readonly ingestion: NestFastifyApplication,
    private readonly callers: InProcess,
    private readonly stopped: () => boolean,
  ) {}

  /** Delivered before: the stored batch answers, so a start after a kill goes on where it was. */
  async deliver(city: City, wanted: (kind: FileKind) => boolean, progress: Progress): Promise<void> {
    const waiting: (Batch & { login: string })[] = [];
    let [count, rows] = [0, 0];
    for (const file of feedFiles(city, wanted)) {
      if (this.stopped()) return;
      waiting.push(await this.send(file));
      if (waiting.length >= waitingMax) await this.end(waiting.shift()!);
      [count, rows] = [count + 1, rows + file.entry.rows];
      progress.at(rows, 'rows');
    }
    for (const batch of waiting) await this.end(batch);
    progress.end(`${count} files, ${rows} rows`);
  }

  /** Asks ingestion to pull what the tax bureau serves at this stage, and waits until all of it is in. */
  async pull(city: City, stage: ManifestPull['stage'], progress: Progress): Promise<void> {
    const wanted = expectedPulls(city, stage);
    const total = wanted.reduce((sum, { rows }) => sum + rows, 0);
    for (let looks = 0; !this.stopped(); looks += 1) {
      const read = await this.rowsRead();
      const missing = wanted.filter(({ feed, rows }) => (read.get(feed) ?? 0) < rows);
      if (missing.length === 0) break;
      if (looks % askAgainLooks === 0) for (const { feed } of missing) await this.askForPull(feed);
      await new Promise((done) => setTimeout(done, lookEveryMs));
    }
    progress.end(`${total} rows`);
  }

  /** Whose the meters are: without it the utilities' rows would wait in quarantine. */
  async tellAccounts(city: City): Promise<void> {
    const accounts = accountsOf(city).map(({ account, kind, uscc }) => ({ account: { kind, account }, uscc }));
    for (let from = 0; from < accounts.length && !this.stopped(); from += accountsAtOnce)
      await this.callers.post('operator', 'ingestion/feeds/utility.usage/accounts', {
        body: { accounts: accounts.slice(from, from + accountsAtOnce) },
        key: `city-accounts-${from}`,
      });
  }

  /** Refused while one runs, which is as good. */
  private async askForPull(feed: string): Promise<void> {
    const key = `city-pull-${performance.now()}`;
    const { status, body } = await this.callers.send('operator', `ingestion/feeds/${feed}/pulls`, { body: {}, key });
    if (status >= 300 && status !== 409) throw new BrokenInvariant(`${feed} is not pulled: ${body}`);
  }

  private async rowsRead(): Promise<Map<string, number>> {
    const { items } = await this.callers.get<{ items: { feed: string; read: number }[] }>(
      'operator',
      'ingestion/feeds',
    );
    return new Map(items.map(({ feed, read }) => [feed, read]));
  }

  private async send({ entry, content }: FeedFile): Promise<Batch & { login: string }> {
    const login = officerOf(entry.source);
    const answer = await this.ingestion.inject({
      method: 'POST',
      url: `/api/ingestion/feeds/${entry.feed}/batches`,
      headers: {
        authorization: `Bearer ${await this.callers.token(login)}`,
        'content-type': entry.contentType,
        'batch-reference': entry.reference,
      },
      payload: content,
    });
    if (answer.statusCode >= 300) throw new BrokenInvariant(`${entry.file} was not taken: ${answer.body}`);
    return { ...answer.json<Batch>(), login };
  }

  private async end(batch: Batch & { login: string }): Promise<void> {
    for (let { status } = batch; status !== 'DONE' && !this.stopped();) {
      if (status === 'FAILED') throw new BrokenInvariant(`batch ${batch.id} of the city failed`);
      await new Promise((done) => setTimeout(done, lookEveryMs));
      ({ status } = await this.callers.get<Batch>(batch.login, `ingestion/batches/${batch.id}`));
    }
  }
}
