// npm run city -- --sources 72 --days 30 --seed 7: plays the sources of the catalogue, faults and all, against a running platform.
import { once } from 'node:events';

import { ensureInstalled, start } from './toolchain.mjs';

ensureInstalled();
const child = start(['--import', './test/support/run-ts.mjs', 'infra/city/src/main.ts', ...process.argv.slice(2)]);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const [exit] = await once(child, 'exit');
process.exit(exit ?? 1);
