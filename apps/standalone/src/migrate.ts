import { migrate } from '@app/database';

import { services } from './services.js';

/**
 * Brings every schema up to date, in the order in which their views lean on each other, and ends. Where services are
 * processes of their own it runs before them: each one migrates too, but would not wait for another's views.
 */
for (const { parts } of services) {
  await migrate(parts);
  console.log(`migrated ${parts.service}`);
}
process.exit(0);
