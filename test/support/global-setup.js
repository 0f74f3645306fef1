import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres } from '../../scripts/postgres.mjs';

/** One throw-away PostgreSQL per run; the workers inherit its address through the environment. */
export default async function globalSetup() {
  if (globalThis.testPostgres) return; // several projects of one run share it
  const home = mkdtempSync(join(tmpdir(), 'xinqiao-test-'));
  const postgres = await startPostgres({ dataDir: join(home, 'postgres'), durable: false });
  Object.assign(process.env, {
    DATA_DIR: home, // keys and spooled files of tests stay out of the checkout
    TRUST_PROXY: 'loopback', // tests speak for callers from elsewhere
    TEST_SERVER_URL: postgres.url(),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  });
  globalThis.testPostgres = { postgres, home };
}
