import type { Client, estypes } from '@elastic/elasticsearch';

import { indexBody, layout } from './elasticsearch-layout.js';
import type { IndexedDocument } from './indexed-document.js';

/** A person waits for a search; PostgreSQL can answer instead. */
const searchTimeoutMs = 1_500;
/** Nobody waits for upkeep, but a server that hangs must not hold it for ever. */
const upkeepTimeoutMs = 20_000;

/** A document as Elasticsearch holds it. */
export interface StoredDocument extends IndexedDocument {
  readonly version: string;
  readonly bucket: number;
}

/** What is to be there under an id: the document, or nothing since a version. */
export interface Change {
  readonly id: string;
  readonly version: string;
  readonly document: StoredDocument | undefined;
}

export interface Bucket {
  readonly count: number;
  readonly versions: number;
}

type Hit<T> = estypes.SearchHit<T>;

/** The only place that talks to Elasticsearch: one alias, and the indexes behind it. */
export class ElasticsearchEngine {
  constructor(
    private readonly client: Client,
    readonly alias: string,
  ) {}

  /** One page in the order of answers. Throws when the server is away, slow, or has no index yet. */
  async search<T>(query: estypes.QueryDslQueryContainer, size: number, after?: readonly string[]): Promise<Hit<T>[]> {
    const answer = await this.client.search<T>(
      {
        index: this.alias,
        query,
        size,
        sort: ['sort', 'code'],
        ...(after && { search_after: [...after] }),
        _source: { excludes: ['grams', 'names'] },
        track_total_hits: false,
        allow_partial_search_results: false,
        timeout: '1s',
      },
      { requestTimeout: searchTimeoutMs },
    );
    if (answer.timed_out) throw new Error('the search took too long');
    return answer.hits.hits;
  }

  /** The index behind the alias; undefined before the first build. */
  async live(): Promise<string | undefined> {
    const found = await this.client.indices.getAlias({ name: this.alias }, { ...this.patient, ignore: [404] });
    return Object.entries(found).find(([, { aliases }]) => aliases && this.alias in aliases)?.[0];
  }

  isCurrent(index: string): boolean {
    return index.startsWith(`${this.alias}-${layout}-`);
  }

  /** Another alias may begin with ours. */
  private isOurs(index: string): boolean {
    return index.startsWith(this.alias) && /^-v\d+\.\d+-[\da-f-]{36}$/.test(index.slice(this.alias.length));
  }

  nameOf(build: string): string {
    return `${this.alias}-${layout}-${build}`;
  }

  async create(index: string): Promise<void> {
    await this.client.indices.create({ index, ...(indexBody as object) }, this.patient);
  }

  async exists(index: string): Promise<boolean> {
    return this.client.indices.exists({ index }, this.patient);
  }

  /** Sends changes; a newer version that is there already stays, whatever the order of arrival. */
  async send(index: string, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const operations = changes.flatMap(({ id, version, document }) => {
      const place = { _index: index, _id: id, version: Number(version), version_type: 'external_gte' as const };
      return document ? [{ index: place }, bodyOf(document)] : [{ delete: place }];
    });
    const { errors, items } = await this.client.bulk({ operations }, this.patient);
    if (!errors) return;
    const refused = items
      .flatMap((item) => Object.values(item))
      .find(({ status, error }) => error && status !== 409 && status !== 404);
    if (refused) throw new Error(`Elasticsearch refused a document: ${refused.error?.reason ?? refused.status}`);
  }

  async refresh(index = this.alias): Promise<void> {
    await this.client.indices.refresh({ index }, this.patient);
  }

  /** From one instant to the next everybody searches the other index; what was there before is dropped then. */
  async swap(index: string): Promise<string[]> {
    const all = await this.client.indices.get({ index: `${this.alias}-v*` }, this.patient);
    const old = Object.keys(all).filter((name) => name !== index && this.isOurs(name));
    const before = await this.live();
    const removal = before ? [{ remove: { index: before, alias: this.alias } }] : [];
    await this.client.indices.updateAliases(
      { actions: [...removal, { add: { index, alias: this.alias } }] },
      this.patient,
    );
    for (const name of old) await this.client.indices.delete({ index: name }, { ...this.patient, ignore: [404] });
    return old;
  }

  /** Documents and the sum of their versions, part by part. */
  async buckets(index: string): Promise<ReadonlyMap<number, Bucket>> {
    const { aggregations } = await this.client.search<
      unknown,
      { parts: { buckets: { key: number; doc_count: number; versions: { value: number } }[] } }
    >(
      {
        index,
        size: 0,
        aggs: { parts: { terms: { field: 'bucket', size: 256 }, aggs: { versions: { sum: { field: 'version' } } } } },
      },
      this.patient,
    );
    const parts = aggregations?.parts.buckets ?? [];
    return new Map(parts.map(({ key, doc_count, versions }) => [key, { count: doc_count, versions: versions.value }]));
  }

  /** Ids and versions of one part. */
  async versionsOf(index: string, bucket: number): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let after: string | undefined; ;) {
      const { hits } = await this.client.search<{ code: string; version: number }>(
        {
          index,
          query: { term: { bucket } },
          size: 5_000,
          sort: ['code'],
          _source: ['code', 'version'],
          ...(after && { search_after: [after] }),
        },
        this.patient,
      );
      const sources = hits.hits.flatMap(({ _source: source }) => source ?? []);
      for (const { code, version } of sources) found.set(code, String(version));
      after = sources.at(-1)?.code;
      if (after === undefined) return found;
    }
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private get patient(): { requestTimeout: number } {
    return { requestTimeout: upkeepTimeoutMs };
  }
}

function bodyOf({ id, haystack, version, ...rest }: StoredDocument): object {
  return { ...rest, code: id, haystack, names: haystack.split('  '), version: Number(version) };
}

/** Loaded only where there is an Elasticsearch: its client is large. */
export async function openElasticsearch(node: string, alias: string): Promise<ElasticsearchEngine> {
  const { Client } = await import('@elastic/elasticsearch');
  // Retries are ours: a search falls back at once, upkeep comes round again.
  return new ElasticsearchEngine(new Client({ node, maxRetries: 0 }), alias);
}
