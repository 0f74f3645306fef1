import { databaseUrlOf, poolMax } from '@app/config';
import type { DataSourceOptions } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';

/** What a service's data-source.ts lists: its entities and, in order, its migrations. */
export interface DatabaseParts {
  service: string;
  entities: Function[];
  migrations: Function[];
}

/** One schema, one role and one data source per service; the role owns only its schema and its published views. */
export function databaseOptions(parts: DatabaseParts): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrlOf(parts.service),
    schema: parts.service,
    entities: parts.entities as PostgresDataSourceOptions['entities'],
    migrations: parts.migrations as PostgresDataSourceOptions['migrations'],
    migrationsTableName: 'migration',
    migrationsRun: false,
    synchronize: false,
    extra: { max: poolMax(), application_name: parts.service, statement_timeout: 60_000 },
  };
}
