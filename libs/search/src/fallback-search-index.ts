import { counter, registry, seconds } from '@app/observe';
import { Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { EntityManager } from 'typeorm';

import { type SearchAnswer, type SearchDocument, SearchIndex, type SearchQuery } from './search-index.js';

/** While the engine is away, one search in so long tries it; the others do not wait for it. */
const restMs = 2_000;

const searches = counter('search_requests_total', 'Searches answered, by the engine that answered.', [
  'engine',
  'degraded',
]);
const durations = seconds('search_duration_seconds', 'Time to answer a search.', ['engine']);

/** Indexes whose engine was away when it was last asked. */
const degraded = new Set<FallbackSearchIndex>();
const standing = new Gauge({
  name: 'search_degraded',
  help: '1 while PostgreSQL stands in for Elasticsearch.',
  registers: [registry],
  // Whoever looks has the engine tried: at night nobody searches, and the last search was not the last word.
  async collect() {
    await Promise.all([...degraded].map((index) => index.tryAgain()));
    standing.set(degraded.size > 0 ? 1 : 0);
  },
});
/** The first document there is: as cheap as a search can be. */
const anything: SearchQuery = { text: '', facets: [], limit: 1 };

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

  /** Asks an engine that was away whether it is back; nothing when it was asked just now. */
  async tryAgain(): Promise<void> {
    if (this.engine) await this.ask(this.engine, anything);
  }

  private async answer(query: SearchQuery): Promise<SearchAnswer> {
    if (!this.engine) return this.own.search(query);
    return (await this.ask(this.engine, query)) ?? { ...(await this.own.search(query)), degraded: true };
  }

  /** The engine's answer; undefined while it is away. */
  private async ask(engine: SearchIndex, query: SearchQuery): Promise<SearchAnswer | undefined> {
    const now = performance.now();
    if (now < this.restUntil) return undefined;
    const resting = this.restUntil > -Infinity;
    // The others go on without it while this one tries.
    if (resting) this.restUntil = now + restMs;
    const answer = await engine.search(query).catch((error: Error) => this.rest(error, resting));
    return answer && this.back(answer);
  }

  private rest(error: Error, resting: boolean): undefined {
    this.restUntil = performance.now() + restMs;
    degraded.add(this);
    if (!resting) this.log.warn(`PostgreSQL answers searches: ${error.message}`);
  }

  private back(answer: SearchAnswer): SearchAnswer {
    if (this.restUntil > -Infinity) this.log.log('Elasticsearch answers searches again');
    this.restUntil = -Infinity;
    degraded.delete(this);
    return answer;
  }
}
