import { type City, type FeedFile, feedFiles } from '@app/demo-city';
import { BrokenInvariant } from '@app/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { Progress } from './progress.js';

/** So many batches wait in line at once: enough to keep both lanes of ingestion busy. */
const waitingMax = 4;
const lookEveryMs = 100;

interface Batch {
  id: string;
  status: string;
}

/** Delivers the city's files by ingestion's own door, in order, and waits until they are in. */
export class CityFeeds {
  constructor(
    private readonly ingestion: NestFastifyApplication,
    private readonly token: () => Promise<string>,
  ) {}

  /** Delivered before: the stored batch answers, so a start after a kill goes on where it was. */
  async deliver(city: City, stage: 'FIRST' | 'LATER', progress: Progress): Promise<void> {
    const waiting: Batch[] = [];
    const files = [...feedFiles(city)].filter(({ entry }) => entry.stage === stage);
    const total = files.reduce((sum, { entry }) => sum + entry.rows, 0);
    let rows = 0;
    for (const file of files) {
      waiting.push(await this.send(file));
      if (waiting.length >= waitingMax) await this.end(waiting.shift()!);
      rows += file.entry.rows;
      progress.at(rows, total, 'rows');
    }
    for (const batch of waiting) await this.end(batch);
    progress.end(`${files.length} files, ${total} rows`);
  }

  private async send({ entry, content }: FeedFile): Promise<Batch> {
    const answer = await this.ingestion.inject({
      method: 'POST',
      url: `/api/ingestion/feeds/${entry.feed}/batches`,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        'content-type': entry.contentType,
        'batch-reference': entry.reference,
      },
      payload: content,
    });
    if (answer.statusCode >= 300) throw new BrokenInvariant(`${entry.file} was not taken: ${answer.body}`);
    return answer.json();
  }

  private async end(batch: Batch): Promise<void> {
    for (let status = batch.status; status !== 'DONE'; status = await this.statusOf(batch.id)) {
      if (status === 'FAILED') throw new BrokenInvariant(`batch ${batch.id} of the city failed`);
      await new Promise((done) => setTimeout(done, lookEveryMs));
    }
  }

  private async statusOf(id: string): Promise<string> {
    const answer = await this.ingestion.inject({
      url: `/api/ingestion/batches/${id}`,
      headers: { authorization: `Bearer ${await this.token()}` },
    });
    return answer.json<Batch>().status;
  }
}
