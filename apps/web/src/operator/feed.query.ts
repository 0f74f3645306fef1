import { useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/ingestion.js';

export type Feed = components['schemas']['FeedResponse'];

export function useFeeds() {
  return useQuery({
    queryKey: ['feeds'],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/feeds')),
    refetchInterval: 30_000,
  });
}
