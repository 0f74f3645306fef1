import { CreateSearch1790000000300 } from './migrations/1790000000300-create-search.js';

export { PostgresSearchIndex } from './postgres-search-index.js';
export {
  type SearchDocument,
  type SearchHit,
  SearchIndex,
  type SearchPlace,
  type SearchQuery,
} from './search-index.js';
export { comparable } from './search-text.js';

/** For the explicit list in a service's data-source.ts. */
export const searchMigrations = [CreateSearch1790000000300];
