import type { SearchHit, SearchPlace, SearchQuery } from './search-index.js';
import { comparable, pinyinAsked } from './search-text.js';
import { type Slip, slipsOf } from './slips.js';

/** One way in which names may answer a question; the number is its place in the order of nearness, and in cursors. */
export type Stage =
  | { readonly number: 0; readonly kind: 'all' }
  | { readonly number: 0; readonly kind: 'words'; readonly asked: string }
  | { readonly number: 1; readonly kind: 'pinyin'; readonly asked: string; readonly spoken: string }
  | { readonly number: 2; readonly kind: 'slip'; readonly slips: readonly Slip[] };

export const stagesMax = 3;

/** A hit with what it is sorted by. */
export type Found = SearchHit & { readonly sort: string };

export interface StageQuery {
  readonly stage: Stage;
  readonly facets: readonly string[];
  readonly limit: number;
  readonly after: readonly [sort: string, id: string] | undefined;
}

export interface StagedHits {
  readonly hits: SearchHit[];
  readonly next: SearchPlace | null;
}

/** What is looked for, nearest first; nothing for brackets alone, for which the whole list would be the wrong answer. */
export function stagesOf(text: string): Stage[] {
  const asked = comparable(text);
  if (asked === '') return text.trim() === '' ? [{ number: 0, kind: 'all' }] : [];
  const spoken = pinyinAsked(asked);
  const slips = slipsOf(asked);
  return [
    { number: 0, kind: 'words', asked },
    ...(spoken === undefined ? [] : [{ number: 1, kind: 'pinyin', asked, spoken } as const]),
    ...(slips.length === 0 ? [] : [{ number: 2, kind: 'slip', slips } as const]),
  ];
}

/** Goes through the stages until a page is full. The same for every driver, so that all give the same answers. */
export async function searchInStages(
  { text, facets, limit, after }: SearchQuery,
  read: (query: StageQuery) => Promise<Found[]>,
): Promise<StagedHits> {
  const found: (Found & { stage: number })[] = [];
  for (const stage of stagesOf(text)) {
    if (found.length > limit || isPassed(stage, after, found.length)) continue;
    const place = after && after[0] === stage.number ? ([after[1], after[2]] as const) : undefined;
    const hits = await read({ stage, facets, limit: limit + 1 - found.length, after: place });
    found.push(...hits.map((hit) => ({ ...hit, stage: stage.number })));
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    hits: shown.map(({ id, name, shown: facts }) => ({ id, name, shown: facts })),
    next: found.length > limit && last ? [last.stage, last.sort, last.id] : null,
  };
}

/** Pages before have had it; and a guess is only made when nothing at all was found, or to go on with a guess. */
function isPassed({ kind, number }: Stage, after: SearchPlace | undefined, found: number): boolean {
  const from = after?.[0] ?? 0;
  return number < from || (kind === 'slip' && (found > 0 || (after !== undefined && from < number)));
}
