import type { EntityManager } from 'typeorm';

import type { ElasticsearchEngine } from './elasticsearch-engine.js';
import { type Kept, lookOf, queryOf } from './elasticsearch-query.js';
import type { PostgresSearchIndex } from './postgres-search-index.js';
import { type SearchAnswer, type SearchDocument, SearchIndex, type SearchQuery } from './search-index.js';
import { type Found, searchInStages, type StageQuery } from './search-stages.js';

/** Where the index only narrows down, so many pages are looked through for one of ours at most. */
const looksMax = 10;

type Source = Kept & { readonly name: string; readonly sort: string; readonly code: string; readonly shown: object };

/**
 * Reads from Elasticsearch. Documents are written to PostgreSQL in the transaction that makes them true, noted there, and
 * carried over after the commit (SearchUpkeep), so that nothing is searched for that was undone.
 */
export class ElasticsearchSearchIndex extends SearchIndex {
  constructor(
    private readonly engine: ElasticsearchEngine,
    private readonly documents: PostgresSearchIndex,
  ) {
    super();
  }

  index(documents: readonly SearchDocument[], tx: EntityManager): Promise<void> {
    return this.documents.index(documents, tx);
  }

  remove(ids: readonly string[], tx: EntityManager): Promise<void> {
    return this.documents.remove(ids, tx);
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const { hits, next } = await searchInStages(query, (stage) => this.read(stage));
    return { hits, next, servedBy: 'elasticsearch', degraded: false };
  }

  private async read({ stage, facets, after, limit }: StageQuery): Promise<Found[]> {
    const query = queryOf({ stage, facets });
    const look = lookOf(stage);
    const size = look ? limit * 2 : limit;
    const found: Found[] = [];
    let place = after;
    for (let looks = 0; looks < looksMax && found.length < limit; looks += 1) {
      const hits = (await this.engine.search<Source>(query, size, place)).flatMap(
        ({ _source: source }) => source ?? [],
      );
      found.push(...hits.filter((hit) => !look || look(hit)).map(foundOf));
      const last = hits.at(-1);
      if (hits.length < size || !last) break;
      place = [last.sort, last.code];
    }
    return found.slice(0, limit);
  }
}

const foundOf = ({ code, name, sort, shown }: Source): Found => ({ id: code, name, sort, shown });
