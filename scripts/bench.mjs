// npm run bench -- G11 [G6 …] [--quick]: installs and builds if needed, then measures. Without an id: the list.
// --quick is a smoke run that writes nothing; --rounds, --seconds, --rows, --connections change how much is measured.
import { once } from 'node:events';

import { buildIfStale } from './build.mjs';
import { ensureInstalled, start } from './toolchain.mjs';

ensureInstalled();
buildIfStale();
const child = start(['bench/main.mjs', ...process.argv.slice(2)]);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit');
process.exit(code ?? 1);
