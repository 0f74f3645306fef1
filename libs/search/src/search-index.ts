import type { EntityManager } from 'typeorm';

/** What can be found. Names and id are searched, facets filter, `shown` comes back with a hit. */
export interface SearchDocument {
  /** Found by its beginning, for people who type a code. */
  readonly id: string;
  /** The current name first: hits are sorted by it. Former names find too. */
  readonly names: readonly [string, ...string[]];
  /** `field:value`; a query names those that must all be there. */
  readonly facets: readonly string[];
  /** Facts for everybody who may search at all. */
  readonly shown: object;
}

/** Where a page ended: the sort name and the id of its last hit. */
export type SearchPlace = readonly [name: string, id: string];

export interface SearchQuery {
  /** Part of a name, or the beginning of an id; empty lists everything. */
  readonly text: string;
  readonly facets: readonly string[];
  readonly limit: number;
  readonly after?: SearchPlace | undefined;
}

export interface SearchHit {
  readonly id: string;
  readonly name: string;
  readonly shown: object;
}

/**
 * Finds enterprises by any part of their names, down to one character. Drivers: PostgreSQL (here); Elasticsearch fits
 * the same shape. Each driver passes test/search-suite.ts. An abstract class, so that it can be injected.
 */
export abstract class SearchIndex {
  /**
   * Adds or replaces documents. `tx` is the transaction that made them true: a driver within PostgreSQL writes in it,
   * another notes them in it and follows after the commit.
   */
  abstract index(documents: readonly SearchDocument[], tx: EntityManager): Promise<void>;

  abstract remove(ids: readonly string[], tx: EntityManager): Promise<void>;

  /** Hits by name (Chinese collation), then id; one more than `limit` when there are more. */
  abstract search(query: SearchQuery): Promise<SearchHit[]>;
}
