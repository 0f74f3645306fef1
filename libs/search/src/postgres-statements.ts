import { conditionOf } from './postgres-conditions.js';
import type { StageQuery } from './search-stages.js';

export interface Statement {
  readonly sql: string;
  readonly values: unknown[];
}

/** With more hits than these, sorting all of them costs more than going through rows in their order. */
export const fewMax = 2_000;
/** Common words that stand at the end of the order (a town in Z) are not found by going through it from A: 10 ms, then stop. */
const nearMax = 10_000;

const columns = 'id, name, shown, sort';

interface Parts {
  readonly values: unknown[];
  readonly hits: string;
  readonly after: string;
  readonly limit: string;
}

function partsOf({ stage, facets, after, limit }: StageQuery): Parts {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const hits = [conditionOf(stage, bind), facets.length > 0 && `facets @> ${bind(facets)}::text[]`];
  return {
    values,
    hits: hits.filter((condition) => typeof condition === 'string').join(' and ') || 'true',
    after: after ? `(sort, id) > (${bind(after[0])}, ${bind(after[1])})` : 'true',
    limit: bind(limit),
  };
}

/** All rows in their order, for the list of everything. */
export function listStatement(query: StageQuery): Statement {
  const { values, hits, after, limit } = partsOf(query);
  const sql = `select ${columns} from search_document where ${hits} and ${after} order by sort, id limit ${limit}`;
  return { sql, values };
}

/** By the index of grams, as long as the hits are few; `total` says whether they were. */
export function fewStatement(query: StageQuery): Statement {
  const { values, hits, after, limit } = partsOf(query);
  const sql = `
    with hit as materialized (
      select ${columns} from search_document where ${hits} and ${after} limit ${fewMax + 1}
    )
    select ${columns}, (select count(*)::int from hit) as total from hit order by sort, id limit ${limit}`;
  return { sql, values };
}

/** Through the next rows in their order: quick for common words, unless they stand far on. */
export function nearStatement(query: StageQuery): Statement {
  const { values, hits, after, limit } = partsOf(query);
  const sql = `
    select ${columns} from (
      select * from search_document where ${after} order by sort, id limit ${nearMax}
    ) as near where ${hits} order by sort, id limit ${limit}`;
  return { sql, values };
}

/** All hits by the index of grams, however many. */
export function fullStatement(query: StageQuery): Statement {
  const { values, hits, after, limit } = partsOf(query);
  const sql = `
    with hit as materialized (select ${columns} from search_document where ${hits} and ${after})
    select ${columns} from hit order by sort, id limit ${limit}`;
  return { sql, values };
}
