import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Relay } from '@app/messaging';

import type { TestDatabase } from '../../../test/support/database.js';
import { startService, type TestClient, type TestService } from '../../../test/support/test-service.js';
import { BatchJob } from '../src/apply/batch.job.js';
import { database } from '../src/data-source.js';
import { IngestionModule } from '../src/ingestion.module.js';

export interface Counts {
  id: string;
  status: string;
  read: number;
  accepted: number;
  unchanged: number;
  stale: number;
  quarantined: number;
  refused: number;
  problem: { code: string; line: number | null; column: number | null; byte: number | null } | null;
}

export interface Ingestion extends TestService {
  operator: TestClient;
  folder: string;
  /** Delivers a file and waits for its end. */
  deliver(feed: string, content: string | Buffer, options?: DeliveryOptions): Promise<Counts>;
  post(feed: string, content: string | Buffer, options?: DeliveryOptions): ReturnType<TestClient['post']>;
  /** Waits until nothing is open. */
  settle(): Promise<void>;
}

const nothing = (): void => undefined;

export interface DeliveryOptions {
  type?: string;
  reference?: string;
  client?: TestClient;
}

export const staffHeader = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,年度,职工总数,科技人员数';

/** Ingestion on a database and a data folder of its own; on another one's `db`, as after a restart. */
export async function startIngestion(settings: Record<string, string> = {}, db?: TestDatabase): Promise<Ingestion> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-ingest-'));
  Object.assign(process.env, { DATA_DIR: folder, ...settings });
  const service = await startService(database, IngestionModule, {
    ...(db && { db }),
    // Events stay in the outbox, where tests can see them.
    override: (builder) => builder.overrideProvider(Relay).useValue({ start: nothing, stop: nothing, nudge: nothing }),
  });
  const operator = await service.as('operator');
  const settle = () => service.app.get(BatchJob).run();
  const post: Ingestion['post'] = (feed, content, options = {}) =>
    (options.client ?? operator).post(`/api/ingestion/feeds/${feed}/batches`, content as string, {
      'content-type': options.type ?? 'text/csv; charset=utf-8',
      'batch-reference': options.reference ?? randomUUID(),
    });
  return {
    ...service,
    operator,
    folder,
    settle,
    post,
    deliver: async (feed, content, options) => {
      const answer = await post(feed, content, options);
      if (answer.status !== 202) throw new Error(`not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
      await settle();
      const batch = await operator.get(`/api/ingestion/batches/${(answer.body as Counts).id}`);
      return batch.body as Counts;
    },
    stop: async () => {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
