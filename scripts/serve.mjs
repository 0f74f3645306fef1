import { join } from 'node:path';
// What a container runs: makes roles and schemas when DATABASE_URL is an owner's address, then becomes the process APP names.
import { pathToFileURL } from 'node:url';

import { provision } from './provision.mjs';

const app = process.env.APP || 'standalone';
const { DATABASE_URL: ownerUrl } = process.env;
if (ownerUrl && !process.env.IDENTITY_DATABASE_URL) Object.assign(process.env, await provision(ownerUrl));
await import(pathToFileURL(join(process.cwd(), 'dist/apps', app, 'src/main.js')).href);
