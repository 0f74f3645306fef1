import { useQueries, useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/marketplace.js';

type Schemas = components['schemas'];
export type Score = Schemas['InstitutionScoreResponse'];
export type Scores = Schemas['ScoresResponse'];
export type ScoreItem = Schemas['ScoreItemResponse'];

/** A year says how a bank is coming on; each month is a question of its own, and published ones never change. */
const trendMonths = 12;

export function useScoreMonths() {
  return useQuery({
    queryKey: ['scores', 'months'],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/quality/months')),
  });
}

const scoresOf = (month: string) => ({
  queryKey: ['scores', month],
  queryFn: () => take(api.marketplace.GET('/api/marketplace/quality/scores', { params: { query: { month } } })),
});

export const useScores = (month: string) => useQuery(scoresOf(month));

export interface TrendPoint {
  readonly month: string;
  readonly score: Score | undefined;
}

/** One bank month by month, oldest first; undefined while a month is on its way. */
export function useTrend(code: string | undefined): TrendPoint[] | undefined {
  const months = (useScoreMonths().data?.items ?? []).slice(0, trendMonths).toReversed();
  const answers = useQueries({
    queries: months.map(({ month }) => ({ ...scoresOf(month), staleTime: 60_000, enabled: code !== undefined })),
  });
  if (answers.some(({ isPending }) => isPending)) return undefined;
  return answers.flatMap(({ data }) =>
    data ? [{ month: data.month, score: data.items.find(({ institutionCode }) => institutionCode === code) }] : [],
  );
}
