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

/** Where a page ended: how near its last hit was (a stage), the hit's sort key and id. */
export type SearchPlace = readonly [stage: number, sort: string, id: string];

export interface SearchQuery {
  /** Part of a name or of its pinyin, or the beginning of an id; empty lists everything. */
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

export type SearchEngine = 'postgresql' | 'elasticsearch';

export interface SearchAnswer {
  readonly hits: SearchHit[];
  /** Where the next page begins; null when this is the last one. */
  readonly next: SearchPlace | null;
  readonly servedBy: SearchEngine;
  /** The engine that should have answered could not, and another one did. */
  readonly degraded: boolean;
}

/**
 * Finds enterprises by any part of their names, down to one character; by pinyin and its initials; and, when nothing
 * else is there, by names that differ in one character. Drivers: PostgreSQL and Elasticsearch, each passes
 * test/search-suite.ts with the same answers. An abstract class, so that it can be injected.
 */
export abstract class SearchIndex {
  /**
   * Adds or replaces documents. `tx` is the transaction that made them true: PostgreSQL writes in it, Elasticsearch
   * notes them in it and follows after the commit.
   */
  abstract index(documents: readonly SearchDocument[], tx: EntityManager): Promise<void>;

  abstract remove(ids: readonly string[], tx: EntityManager): Promise<void>;

  /** Nearest first (the words themselves, pinyin, one slip), then by name as a dictionary has it, then by id. */
  abstract search(query: SearchQuery): Promise<SearchAnswer>;
}
