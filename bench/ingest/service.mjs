// The ingestion service as it runs in a cluster: a process of its own, at work on whatever is open.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { until } from '../crash/house.mjs';
import { freePort } from '../processes.mjs';

const main = join(import.meta.dirname, '../../dist/apps/ingestion/src/main.js');
const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Resolves when it takes work. */
export async function startIngestion(settings) {
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const ready = `http://127.0.0.1:${port}/api/ingestion/health/ready`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the ingestion service ended (${child.exitCode})`);
    return (await fetch(ready).catch(() => undefined))?.ok === true;
  });
  return child;
}
