// A PostgreSQL that lives as long as one piece of work: for generating documents and for benches.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param {{ durable: boolean }} options
 * @param {(instance: { serverUrl: string, ownerUrl: string, settings: Record<string, string>, home: string }) => Promise<T>} work
 * @template T
 * @returns {Promise<T>}
 */
export async function withThrowawayDatabase({ durable }, work) {
  const { startPostgres } = await import('./postgres.mjs');
  const { ensureDatabase, provision } = await import('./provision.mjs');
  const home = mkdtempSync(join(tmpdir(), 'xinqiao-'));
  const postgres = await startPostgres({ dataDir: join(home, 'postgres'), durable });
  try {
    await ensureDatabase(postgres.url(), 'xinqiao');
    const ownerUrl = postgres.url('postgres', undefined, 'xinqiao');
    const settings = { ...(await provision(ownerUrl)), DATA_DIR: home, DEMO: 'none' };
    return await work({ serverUrl: postgres.url(), ownerUrl, settings, home });
  } finally {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
