import { databaseOptions } from '@app/database';
import { DataSource } from 'typeorm';

import { freshDatabase } from '../../../test/support/database.js';
import { PostgresSearchIndex, searchMigrations } from '../src/index.js';
import { searchIndexSuite } from './search-suite.js';

searchIndexSuite('PostgreSQL', async () => {
  const db = await freshDatabase();
  // In a schema that no service has furnished with an index yet.
  const options = databaseOptions({ service: 'supervision', entities: [], migrations: searchMigrations });
  const source = await new DataSource({ ...options, migrationsTableName: 'search_migration' } as never).initialize();
  await source.runMigrations();
  return {
    index: new PostgresSearchIndex(source),
    transaction: (work) => source.transaction(work),
    close: async () => {
      await source.destroy();
      await db.drop();
    },
  };
});
