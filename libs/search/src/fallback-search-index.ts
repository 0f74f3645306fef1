import { counter, gauge, seconds } from '@app/observe';
import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type SearchAnswer, type SearchDocument, SearchIndex, type SearchQuery } from './search-index.js';

/** While the engine is away, one search in so long tries it; the others do not wait for it. */
const restMs = 2_000;

const searches = counter('search_requests_total', 'Searches answered, by the engine that answered.', [
  'engine',
  'degraded',
]);
const durations = seconds('search_duration_seconds', 'Time to answer a search.', ['engine']);
const standing = gauge('search_degraded', '1 while PostgreSQL stands in for Elasticsearch.', []);

/** Counts, and lets PostgreSQL stand in, visibly, while the engine is away; tries the engine again by itself. */
export class FallbackSearchIndex extends SearchIndex {
  private readonly log = new Logger('search');
  private restUntil = -Infinity;

  /** Without an engine of its own PostgreSQL answers, and that is no lack. */
  constructor(
    private readonly own: SearchIndex,
    private readonly engine?: SearchIndex,
  ) {
    super();
  }

  index(documents: readonly SearchDocument[], tx: EntityManager): Promise<void> {
    return this.own.index(documents, tx);
  }

  remove(ids: readonly string[], tx: EntityManager): Promise<void> {
    return this.own.remove(ids, tx);
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const begun = performance.now();
    const answer = await this.answer(query);
    searches.inc({ engine: answer.servedBy, degraded: String(answer.degraded) });
    durations.observe({ engine: answer.servedBy }, (performance.now() - begun) / 1_000);
    return answer;
  }

  private async answer(query: SearchQuery): Promise<SearchAnswer> {
    if (!this.engine) return this.own.search(query);
    const now = performance.now();
    if (now >= this.restUntil) {
      const resting = this.restUntil > -Infinity;
      // The others go on without it while this one tries.
      if (resting) this.restUntil = now + restMs;
      const answer = await this.engine.search(query).catch((error: Error) => this.rest(error, resting));
      if (answer) return this.back(answer);
    }
    return { ...(await this.own.search(query)), degraded: true };
  }

  private rest(error: Error, resting: boolean): undefined {
    this.restUntil = performance.now() + restMs;
    standing.set(1);
    if (!resting) this.log.warn(`PostgreSQL answers searches: ${error.message}`);
  }

  private back(answer: SearchAnswer): SearchAnswer {
    if (this.restUntil > -Infinity) this.log.log('Elasticsearch answers searches again');
    this.restUntil = -Infinity;
    standing.set(0);
    return answer;
  }
}
