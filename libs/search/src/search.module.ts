import { elasticsearchIndex, elasticsearchUrl } from '@app/config';
import { type DynamicModule, Injectable, Module, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DocumentBuilds } from './document-builds.js';
import { DocumentSource } from './document-source.js';
import { type ElasticsearchEngine, openElasticsearch } from './elasticsearch-engine.js';
import { ElasticsearchFollower } from './elasticsearch-follower.js';
import { ElasticsearchSearchIndex } from './elasticsearch-search-index.js';
import { FallbackSearchIndex } from './fallback-search-index.js';
import { PostgresSearchIndex } from './postgres-search-index.js';
import { SearchIndex } from './search-index.js';
import { SearchLedger } from './search-ledger.js';
import { SearchUpkeep } from './search-upkeep.js';

/** The parts of a search that belong together: PostgreSQL alone, or with Elasticsearch in front of it. */
export interface SearchParts {
  readonly index: SearchIndex;
  readonly upkeep: SearchUpkeep;
  readonly engine: ElasticsearchEngine | undefined;
}

/** Puts the parts together, with Elasticsearch when there is an address of one. */
export async function searchParts(
  db: DataSource,
  source: DocumentSource,
  ledger: SearchLedger,
  address: { url: string | undefined; index: string },
): Promise<SearchParts> {
  const engine = address.url === undefined ? undefined : await openElasticsearch(address.url, address.index);
  const own = new PostgresSearchIndex(db, engine !== undefined);
  const documents = new DocumentBuilds(db, source, own, ledger);
  const follower = engine && new ElasticsearchFollower(db, engine, ledger);
  return {
    index: new FallbackSearchIndex(own, engine && new ElasticsearchSearchIndex(engine, own)),
    upkeep: new SearchUpkeep(db, ledger, documents, follower),
    engine,
  };
}

const parts = Symbol('search parts');

@Injectable()
class SearchClosing implements OnApplicationShutdown {
  engine: ElasticsearchEngine | undefined;

  async onApplicationShutdown(): Promise<void> {
    await this.engine?.close();
  }
}

/** The search index of a service; `ELASTICSEARCH_URL` chooses the engine. The service runs SearchUpkeep in a job of its own. */
@Module({})
export class SearchModule {
  static forService(source: Type<DocumentSource>): DynamicModule {
    return {
      module: SearchModule,
      providers: [
        { provide: DocumentSource, useClass: source },
        SearchLedger,
        SearchClosing,
        {
          provide: parts,
          inject: [DataSource, DocumentSource, SearchLedger, SearchClosing],
          useFactory: async (
            db: DataSource,
            documents: DocumentSource,
            ledger: SearchLedger,
            closing: SearchClosing,
          ) => {
            const made = await searchParts(db, documents, ledger, {
              url: elasticsearchUrl(),
              index: elasticsearchIndex(),
            });
            closing.engine = made.engine;
            return made;
          },
        },
        { provide: SearchIndex, inject: [parts], useFactory: ({ index }: SearchParts) => index },
        { provide: SearchUpkeep, inject: [parts], useFactory: ({ upkeep }: SearchParts) => upkeep },
      ],
      exports: [SearchIndex, SearchUpkeep, SearchLedger],
    };
  }
}
