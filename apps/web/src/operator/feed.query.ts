import { useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/ingestion.js';
import { addDays, dayOf } from '../parts/format.rules.js';

export type Feed = components['schemas']['FeedResponse'];
export type FeedDays = components['schemas']['FeedDaysResponse'];

export function useFeeds() {
  return useQuery({
    queryKey: ['feeds'],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/feeds')),
    refetchInterval: 30_000,
  });
}

/** Feeds by days up to today, oldest first. */
export function useFeedDays(count: number) {
  const to = dayOf(new Date());
  const from = addDays(to, 1 - count);
  return useQuery({
    queryKey: ['quality', 'days', from, to],
    refetchInterval: 60_000,
    queryFn: () => take(api.ingestion.GET('/api/ingestion/quality/days', { params: { query: { from, to } } })),
  });
}
