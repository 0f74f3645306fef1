// The ingestion service as it runs in a cluster: a process of its own, at work on whatever is open.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort, stop } from '../processes.mjs';

const startTriesMax = 600;
const main = join(import.meta.dirname, '../../dist/apps/ingestion/src/main.js');

/** Resolves when it takes work. */
export async function startIngestion(settings) {
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  for (let tries = 0; tries < startTriesMax; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/ingestion/health/ready`).catch(() => undefined);
    if (answer?.ok) return child;
    await pause(100);
  }
  await stop(child, 'SIGKILL');
  throw new Error('the ingestion service does not start');
}
