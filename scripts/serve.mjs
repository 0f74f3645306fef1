// What a container runs: the process that APP names. With an owner's address in DATABASE_URL it makes roles and schemas
// first; `APP=provision` only does that and prints the services' own addresses, for a secret.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { provision } from './provision.mjs';

/** Processes that are no service of their own. */
const entries = {
  standalone: 'standalone/src/main.js',
  front: 'standalone/src/cluster-front.js',
  migrate: 'standalone/src/migrate.js',
  city: 'standalone/src/make-city.js',
};
const app = process.env.APP || 'standalone';
const { DATABASE_URL: ownerUrl } = process.env;
if (ownerUrl && !process.env.IDENTITY_DATABASE_URL) Object.assign(process.env, await provision(ownerUrl));
if (app === 'provision') {
  for (const [name, value] of Object.entries(process.env))
    if (/^[A-Z]+_DATABASE_URL$/.test(name)) console.log(`${name}=${value}`);
  process.exit(0);
}
if (!(app in entries)) keepOwnAddress();
await import(pathToFileURL(join(process.cwd(), 'dist/apps', entries[app] ?? `${app}/src/main.js`)).href);

/** A service alone needs its own role and the bus's: what it does not know it cannot use. */
function keepOwnAddress() {
  const own = [`${app.toUpperCase()}_DATABASE_URL`, 'BUS_DATABASE_URL'];
  for (const name of Object.keys(process.env))
    if (name.endsWith('DATABASE_URL') && !own.includes(name)) delete process.env[name];
}
