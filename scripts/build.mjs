// Builds what npm start runs: the services with tsc (OpenAPI needs its metadata), the portal with Vite.
import { writeFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { changedAt, ensureInstalled, must, node, root } from './toolchain.mjs';

const serviceSources = ['apps', 'libs', 'infra', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const webSources = ['apps/web', 'docs/openapi'];

/** Builds what is older than its sources; nothing when all is fresh. */
export function buildIfStale() {
  const at = (paths) => changedAt(...[...paths, 'package-lock.json'].map((path) => join(root, path)));
  step('services', at(serviceSources), 'dist/.built-services', buildServices);
  step('portal', at(webSources), 'dist/.built-web', buildWeb);
}

export const buildServices = () =>
  must([node(), 'node_modules/@nestjs/cli/bin/nest.js', 'build', 'standalone'], 'the services do not build');

export function buildWeb() {
  must([node(), 'apps/web/generate.mjs'], 'the typed client cannot be made from docs/openapi');
  must(
    [node(), 'node_modules/vite/bin/vite.js', 'build', 'apps/web', '--logLevel', 'warn'],
    'the portal does not build',
  );
}

function step(name, sourcesChangedAt, stampPath, build) {
  const stamp = join(root, stampPath);
  if (sourcesChangedAt < changedAt(stamp)) return;
  console.log(`building the ${name}`);
  const startedAt = new Date(); // an edit made during the build must count as newer
  build();
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  buildIfStale();
}
