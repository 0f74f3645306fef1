import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';

import { api, take } from './api.query.js';

/** What each feed is called, for everybody: who supplies what is public. It changes when a contract does. */
const useTitles = () =>
  useQuery({
    queryKey: ['feed-titles'],
    staleTime: 3_600_000,
    queryFn: async () => {
      const { items } = await take(api.ingestion.GET('/api/ingestion/sources'));
      return new Map(items.flatMap(({ feeds }) => feeds.map(({ feed, title }) => [feed, title] as const)));
    },
  });

/** The title of a feed by its name; the name while titles are on their way, or for one that is no longer collected. */
export function useFeedTitle() {
  const { data } = useTitles();
  return useCallback((feed: string) => data?.get(feed) ?? feed, [data]);
}
