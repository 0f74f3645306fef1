import { textVersion } from './indexed-document.js';

/** Part of an index's name: another mapping is another index, built beside the one in use. */
export const layout = `v${textVersion}.1`;

/**
 * Names are folded before they come here, so the analyzers only cut: single characters, and neighbours, whose phrases are
 * exactly the parts of a name. (A phrase over a field of one *and* two characters finds nothing.)
 */
const settings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  // Set by hand, or an index that rests would refresh only when somebody searches.
  refresh_interval: '1s',
  // In the order of answers: a search for the commonest words ends as soon as its page is full.
  sort: { field: ['sort', 'code'], order: ['asc', 'asc'] },
  analysis: {
    tokenizer: {
      one: { type: 'ngram', min_gram: 1, max_gram: 1 },
      two: { type: 'ngram', min_gram: 2, max_gram: 2 },
    },
    analyzer: {
      letters: { type: 'custom', tokenizer: 'one' },
      pairs: { type: 'custom', tokenizer: 'two' },
    },
  },
} as const;

/** Kept to be read again, not to be searched. */
const kept = { type: 'keyword', index: false, doc_values: false } as const;

const mappings = {
  dynamic: 'strict',
  properties: {
    code: { type: 'keyword' },
    sort: { type: 'keyword' },
    names: {
      type: 'text',
      analyzer: 'pairs',
      norms: false,
      fields: { letters: { type: 'text', analyzer: 'letters', norms: false } },
    },
    // Characters, pairs and pieces of pinyin, as PostgreSQL has them: to narrow down where a look decides.
    grams: { type: 'keyword', doc_values: false },
    facets: { type: 'keyword' },
    name: kept,
    haystack: kept,
    pinyin: kept,
    initials: kept,
    shown: { type: 'object', enabled: false },
    // To compare with PostgreSQL: a part of all documents, and which state of the document this is.
    bucket: { type: 'short' },
    version: { type: 'long' },
  },
} as const;

export const indexBody = { settings, mappings };
