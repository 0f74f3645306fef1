import { DataSource } from 'typeorm';

import { type DatabaseParts, databaseOptions } from './options.js';

/** Any number that no other advisory lock of the house uses. */
const migrationLock = 7_001;

/** Brings a service's schema up to date; copies of a service that start together wait for each other. */
export async function migrate(parts: DatabaseParts): Promise<void> {
  const source = await new DataSource({ ...databaseOptions(parts), extra: { max: 2 } } as never).initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1, hashtext($2))', [migrationLock, parts.service]);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('select pg_advisory_unlock($1, hashtext($2))', [migrationLock, parts.service]);
    await runner.release();
    await source.destroy();
  }
}
