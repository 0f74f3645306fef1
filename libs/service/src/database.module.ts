import { poolMax } from '@app/config';
import { type DatabaseParts, databaseOptions } from '@app/database';
import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { watchPool } from './pool-metrics.js';

/** Closes the pool after everything else has stopped. */
@Injectable()
class DatabaseClosing implements OnApplicationShutdown {
  constructor(private readonly db: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.db.isInitialized) await this.db.destroy();
  }
}

/**
 * The one unnamed data source of a service. Not TypeOrmModule.forRoot, whose register of names belongs to the whole
 * process, where several services live side by side; `TypeOrmModule.forFeature` finds this one as usual.
 */
@Module({})
export class DatabaseModule {
  static of(parts: DatabaseParts): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: DataSource,
          useFactory: async () =>
            watchPool(parts.service, await new DataSource(databaseOptions(parts)).initialize(), poolMax()),
        },
        DatabaseClosing,
      ],
      exports: [DataSource],
    };
  }
}
