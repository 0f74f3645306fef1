import { CreateSearch1790000000300 } from './migrations/1790000000300-create-search.js';
import { ExtendSearch1790000015000 } from './migrations/1790000015000-extend-search.js';
import { NarrowSearch1790000015200 } from './migrations/1790000015200-narrow-search.js';

export { DocumentSource } from './document-source.js';
export { PostgresSearchIndex } from './postgres-search-index.js';
export { fewStatement } from './postgres-statements.js';
export {
  type SearchAnswer,
  type SearchDocument,
  type SearchEngine,
  type SearchHit,
  SearchIndex,
  type SearchPlace,
  type SearchQuery,
} from './search-index.js';
export { type SearchBuild, SearchLedger, type SearchLogEntry } from './search-ledger.js';
export { stagesMax, stagesOf } from './search-stages.js';
export { comparable, syllablesOf } from './search-text.js';
export { SearchUpkeep } from './search-upkeep.js';
export { SearchModule, type SearchParts, searchParts } from './search.module.js';

/** For the explicit list in a service's data-source.ts. */
export const searchMigrations = [CreateSearch1790000000300, ExtendSearch1790000015000, NarrowSearch1790000015200];
