import type { EntityManager } from 'typeorm';

import type { SearchDocument } from './search-index.js';

/** Where documents come from when the index is made anew: the service's own tables. */
export abstract class DocumentSource {
  /**
   * The next documents by id after `after`, with their rows locked for sharing, so that no newer state is written over
   * while they are indexed in `tx`.
   */
  abstract read(after: string, limit: number, tx: EntityManager): Promise<SearchDocument[]>;

  /** Those of the ids that are not to be found any more. */
  abstract missing(ids: readonly string[], tx: EntityManager): Promise<string[]>;

  /** How many documents there should be. */
  abstract count(tx: EntityManager): Promise<number>;
}
