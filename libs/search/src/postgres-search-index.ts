import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { type SearchDocument, type SearchHit, SearchIndex, type SearchQuery } from './search-index.js';
import { comparable, gramsAsked, gramsOf, looksLikeCode } from './search-text.js';

const upsertSql = `
  insert into search_document as d (id, name, haystack, grams, facets, shown)
  select id, name, haystack, grams, facets, shown from json_to_recordset($1::json) as
    new (id text, name text, haystack text, grams text[], facets text[], shown jsonb)
  on conflict (id) do update set name = excluded.name, haystack = excluded.haystack, grams = excluded.grams,
    facets = excluded.facets, shown = excluded.shown
  where (d.name, d.haystack, d.facets, d.shown)
    is distinct from (excluded.name, excluded.haystack, excluded.facets, excluded.shown)`;

/**
 * Arrays of characters and neighbours under a GIN index. Trigram indexes cannot find two characters: 362 ms against
 * 1.1 ms over 650 000 names. Pairs narrow down, `like` decides, so that nothing wrong is found and nothing is missed.
 */
@Injectable()
export class PostgresSearchIndex extends SearchIndex {
  constructor(private readonly db: DataSource) {
    super();
  }

  async index(documents: readonly SearchDocument[], tx: EntityManager): Promise<void> {
    if (documents.length > 0) await tx.query(upsertSql, [JSON.stringify(documents.map(toRow))]);
  }

  async remove(ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length > 0) await tx.query('delete from search_document where id = any($1)', [ids]);
  }

  async search({ text, facets, limit, after }: SearchQuery): Promise<SearchHit[]> {
    const asked = comparable(text);
    // Only brackets or dots: nothing has been asked for, and the whole list would be the wrong answer.
    if (asked === '' && text.trim() !== '') return [];
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [
      asked !== '' && matching(asked, bind),
      facets.length > 0 && `facets @> ${bind(facets)}::text[]`,
      after && `(name, id) > (${bind(after[0])}, ${bind(after[1])})`,
    ].filter((condition): condition is string => typeof condition === 'string');
    return this.db.query(
      `select id, name, shown from search_document
       ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
       order by name, id limit ${bind(limit + 1)}`,
      values,
    );
  }
}

/** `like` needs no escapes: only letters and digits are left of the question. */
function matching(asked: string, bind: (value: unknown) => string): string {
  const part = `grams @> ${bind(gramsAsked(asked))}::text[] and haystack like ${bind(`%${asked}%`)}`;
  return looksLikeCode(asked) ? `(${part} or id like ${bind(`${asked}%`)})` : part;
}

function toRow({ id, names, facets, shown }: SearchDocument): object {
  const searched = names.map(comparable);
  const grams = [...new Set(searched.flatMap(gramsOf))];
  // A space stands between names and in no question, so that nothing matches across two names.
  return { id, name: names[0], haystack: searched.join(' '), grams, facets: facets.toSorted(), shown };
}
