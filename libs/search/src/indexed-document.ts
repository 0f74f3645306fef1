import type { SearchDocument } from './search-index.js';
import { comparable, gramsOf, initialsOf, pinyinGramsOf, sortKeyOf, syllablesOf } from './search-text.js';

/**
 * Version of everything below and of comparable(): one more, and every document is made anew from its source when the
 * service starts.
 */
export const textVersion = 2;

/** A document with all the forms that it is found by; both drivers keep these and nothing else. */
export interface IndexedDocument {
  readonly id: string;
  readonly name: string;
  readonly sort: string;
  /**
   * Comparable names, two spaces between: a space stands in no question, and an unknown character is one, so that nothing
   * matches across two names.
   */
  readonly haystack: string;
  readonly grams: readonly string[];
  /** Syllables with a space between, names with a slash. */
  readonly pinyin: string;
  readonly initials: string;
  readonly facets: readonly string[];
  readonly shown: object;
}

export function indexedDocument({ id, names, facets, shown }: SearchDocument): IndexedDocument {
  const searched = names.map(comparable);
  const spoken = searched.map(syllablesOf);
  const grams = [...searched.flatMap(gramsOf), ...spoken.flatMap(pinyinGramsOf)];
  return {
    id,
    name: names[0],
    sort: sortKeyOf(names[0]),
    haystack: searched.join('  '),
    grams: [...new Set(grams)],
    pinyin: spoken.map((syllables) => syllables.join(' ')).join('/'),
    initials: spoken.map(initialsOf).join('/'),
    facets: facets.toSorted(),
    shown,
  };
}
