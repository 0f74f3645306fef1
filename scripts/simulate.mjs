// npm run simulate -- --seed 7 --attempts 100000: a seeded market on a virtual clock against the real rules and the real SQL.
import { once } from 'node:events';

import { withThrowawayDatabase } from './throwaway.mjs';
import { ensureInstalled, start } from './toolchain.mjs';

ensureInstalled();
const code = await withThrowawayDatabase({ durable: false }, async ({ serverUrl, home }) => {
  const child = start(['--import', './test/support/run-ts.mjs', 'test/simulate/main.ts', ...process.argv.slice(2)], {
    LOG_LEVEL: 'silent',
    TEST_SERVER_URL: serverUrl,
    DATA_DIR: home,
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [exit] = await once(child, 'exit');
  return exit ?? 1;
});
process.exit(code);
