// npm run generate: writes docs/openapi/*.json, docs/access-matrix.md and docs/events.md from the built services.
// npm run generate -- --check: writes nothing; fails when what is committed differs.
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildServices } from './build.mjs';
import { withThrowawayDatabase } from './throwaway.mjs';
import { ensureInstalled, root, start } from './toolchain.mjs';

/** @returns {Promise<string[]>} the files that differ from what is committed (with check), or nothing */
export async function generate({ check }) {
  return withThrowawayDatabase({ durable: false }, async ({ settings, home }) => {
    const folder = check ? join(home, 'docs') : join(root, 'docs');
    const child = start(['dist/apps/standalone/src/describe.js', folder], {
      ...settings,
      LOG_LEVEL: 'silent',
      OPERATOR_PASSWORD: 'described-not-served',
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`describing the services failed (exit ${code})`);
    return check ? differing(folder, join(root, 'docs')) : [];
  });
}

function differing(made, committed) {
  return filesOf(made).filter((path) => {
    const twin = join(committed, relative(made, path));
    return !existsSync(twin) || readFileSync(twin, 'utf8') !== readFileSync(path, 'utf8');
  });
}

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  buildServices();
  const stale = await generate({ check: process.argv.includes('--check') });
  for (const path of stale) console.error(`out of date: ${path} (run npm run generate and commit)`);
  process.exit(stale.length > 0 ? 1 : 0);
}
