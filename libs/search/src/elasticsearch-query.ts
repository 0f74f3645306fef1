import type { estypes } from '@elastic/elasticsearch';

import { gramsOfSlip, patternOf, spokenPattern } from './postgres-conditions.js';
import type { Stage, StageQuery } from './search-stages.js';
import { initialGramsAsked, looksLikeCode, pinyinGramsAsked } from './search-text.js';

type Query = estypes.QueryDslQueryContainer;

/** What a hit is looked at again for, where the index can only narrow down. */
export interface Kept {
  readonly haystack: string;
  readonly pinyin: string;
  readonly initials: string;
}

/** The same question as conditionOf() asks PostgreSQL, without scores: the order is by name. */
export function queryOf({ stage, facets }: Pick<StageQuery, 'stage' | 'facets'>): Query {
  const filter = [...stageQuery(stage), ...facets.map((facet): Query => ({ term: { facets: facet } }))];
  const without = stage.kind === 'pinyin' ? { must_not: wordsQuery(stage.asked) } : {};
  return filter.length === 0 ? { match_all: {} } : { bool: { filter, ...without } };
}

function stageQuery(stage: Stage): Query[] {
  if (stage.kind === 'words') return [wordsQuery(stage.asked)];
  if (stage.kind === 'pinyin')
    return [anyOf([allOf(pinyinGramsAsked(stage.spoken)), allOf(initialGramsAsked(stage.spoken))])];
  if (stage.kind === 'slip') {
    const ways = new Map(stage.slips.map((slip) => [patternOf(slip), allOf(gramsOfSlip(slip))]));
    return [anyOf([...ways.values()])];
  }
  return [];
}

function wordsQuery(asked: string): Query {
  const single = Array.from(asked).length === 1;
  const words: Query = single ? { term: { 'names.letters': asked } } : { match_phrase: { names: asked } };
  return looksLikeCode(asked) ? anyOf([words, { prefix: { code: asked } }]) : words;
}

const allOf = (grams: string[]): Query => ({ bool: { filter: grams.map((gram) => ({ term: { grams: gram } })) } });
const anyOf = (should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });

/** The last look at a hit; undefined where the index has already decided. */
export function lookOf(stage: Stage): ((kept: Kept) => boolean) | undefined {
  if (stage.kind === 'pinyin') {
    const pattern = new RegExp(spokenPattern(stage.spoken), 'u');
    return ({ pinyin, initials }) => pattern.test(pinyin) || initials.includes(stage.spoken);
  }
  if (stage.kind === 'slip') {
    const patterns = stage.slips.map(
      ({ before, after, gap }) => new RegExp(`${before}${gap ? '.' : ''}${after}`, 'su'),
    );
    return ({ haystack }) => patterns.some((pattern) => pattern.test(haystack));
  }
  return undefined;
}
