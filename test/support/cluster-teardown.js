import { rmSync } from 'node:fs';

import postgresTeardown from './global-teardown.js';

export default async function clusterTeardown() {
  if (globalThis.testKafka) {
    const { kafka, home } = globalThis.testKafka;
    globalThis.testKafka = undefined;
    await kafka.kill();
    rmSync(home, { recursive: true, force: true });
  }
  await postgresTeardown();
}
