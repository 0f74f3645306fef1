import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  if (!globalThis.testPostgres) return;
  const { postgres, home } = globalThis.testPostgres;
  globalThis.testPostgres = undefined;
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
}
