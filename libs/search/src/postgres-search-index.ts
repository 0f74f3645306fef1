import type { DataSource, EntityManager } from 'typeorm';

import { type IndexedDocument, indexedDocument } from './indexed-document.js';
import {
  fewMax,
  fewStatement,
  fullStatement,
  listStatement,
  nearStatement,
  type Statement,
} from './postgres-statements.js';
import { type SearchAnswer, type SearchDocument, SearchIndex, type SearchQuery } from './search-index.js';
import { type Found, searchInStages, type StageQuery } from './search-stages.js';

/** A guess may cost so much: on 650 000 names it takes a few milliseconds unless it is made of the commonest words. */
const guessTimeoutMs = 800;
const queryCanceled = '57014';

/** The version is taken under the row's lock, so that of two writers the later one has the higher. */
const upsertSql = `
  with changed as (
    insert into search_document as d (id, name, sort, haystack, grams, pinyin, initials, facets, shown)
    select id, name, sort, haystack, grams, pinyin, initials, facets, shown from json_to_recordset($1::json) as
      new (id text, name text, sort text, haystack text, grams text[], pinyin text, initials text, facets text[], shown jsonb)
    order by id
    on conflict (id) do update set name = excluded.name, sort = excluded.sort, haystack = excluded.haystack,
      grams = excluded.grams, pinyin = excluded.pinyin, initials = excluded.initials, facets = excluded.facets,
      shown = excluded.shown, version = nextval('search_version')
    where (d.name, d.sort, d.haystack, d.grams, d.pinyin, d.initials, d.facets, d.shown) is distinct from (excluded.name,
      excluded.sort, excluded.haystack, excluded.grams, excluded.pinyin, excluded.initials, excluded.facets, excluded.shown)
    returning id, version)`;

const deleteSql = `
  with changed as (
    delete from search_document where id = any($1) returning id, nextval('search_version') as version)`;

/** What another engine has still to hear: the newest version of a document stands for all before it. */
const noteSql = `
  insert into search_pending as p (id, version) select id, version from changed order by id
  on conflict (id) do update set version = excluded.version where p.version < excluded.version`;

/**
 * Arrays of characters, neighbours and pinyin under one GIN index. Trigram indexes cannot find two characters: 362 ms
 * against 1.1 ms over 650 000 names.
 */
export class PostgresSearchIndex extends SearchIndex {
  /** `notes`: another engine follows this one, and changes are noted for it. */
  constructor(
    private readonly db: DataSource,
    private readonly notes = false,
  ) {
    super();
  }

  async index(documents: readonly SearchDocument[], tx: EntityManager): Promise<void> {
    await this.write(documents.map(indexedDocument), tx);
  }

  async write(documents: readonly IndexedDocument[], tx: EntityManager): Promise<void> {
    if (documents.length > 0) await tx.query(`${upsertSql} ${this.ending()}`, [JSON.stringify(documents)]);
  }

  async remove(ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length > 0) await tx.query(`${deleteSql} ${this.ending()}`, [ids]);
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const { hits, next } = await searchInStages(query, (stage) => this.read(stage));
    return { hits, next, servedBy: 'postgresql', degraded: false };
  }

  private ending(): string {
    return this.notes ? noteSql : 'select count(*) from changed';
  }

  /** Rare words by the index, common ones in the order of rows; which they are, the hits say, as no statistics can. */
  private async read(query: StageQuery): Promise<Found[]> {
    if (query.stage.kind === 'all') return this.ask(listStatement(query));
    if (query.stage.kind === 'slip') return this.guess(query);
    const few = await this.ask<Found & { total: number }>(fewStatement(query));
    if ((few[0]?.total ?? 0) <= fewMax) return few.map(({ id, name, shown, sort }) => ({ id, name, shown, sort }));
    const near = await this.ask(nearStatement(query));
    return near.length === query.limit ? near : this.ask(fullStatement(query));
  }

  private ask<R = Found>({ sql, values }: Statement): Promise<R[]> {
    return this.db.query(sql, values);
  }

  /** A guess that takes too long is not made: that is no failure. */
  private async guess(query: StageQuery): Promise<Found[]> {
    const { sql, values } = fullStatement(query);
    try {
      return await this.db.transaction(async (tx) => {
        await tx.query(`select set_config('statement_timeout', $1, true)`, [String(guessTimeoutMs)]);
        return tx.query<Found[]>(sql, values);
      });
    } catch (error) {
      if ((error as { code?: string }).code === queryCanceled) return [];
      throw error;
    }
  }
}
