// Writes src/client/generated/<service>.d.ts from docs/openapi/<service>.json, or from the folder that is given. Run before
// vite build and tsc.
// The result is not committed: the OpenAPI files are, and this takes well under a second when nothing changed.
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import openapiTypescript, { astToString } from 'openapi-typescript';

const services = ['identity', 'ingestion', 'profiling', 'credit', 'marketplace', 'supervision', 'notification'];
const source = process.argv[2] ?? join(import.meta.dirname, '../../docs/openapi');
const target = join(import.meta.dirname, 'src/client/generated');

mkdirSync(target, { recursive: true });
for (const service of services) await generate(service);

async function generate(service) {
  const from = join(source, `${service}.json`);
  const to = join(target, `${service}.d.ts`);
  if (!existsSync(from)) throw new Error(`${from} is missing: run npm run generate first`);
  const { mtime } = statSync(from);
  if (existsSync(to) && statSync(to).mtimeMs === mtime.getTime()) return;
  const ast = await openapiTypescript(JSON.parse(readFileSync(from, 'utf8')), { alphabetize: true });
  writeFileSync(to, astToString(ast));
  utimesSync(to, mtime, mtime); // as old as its source: it never makes the portal look changed
}
