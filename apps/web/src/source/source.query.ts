import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';

/** Who supplies what; it changes when a contract does. */
export const useSources = () =>
  useQuery({
    queryKey: ['sources'],
    staleTime: 600_000,
    queryFn: async () => (await take(api.ingestion.GET('/api/ingestion/sources'))).items,
  });

/** Takes up changed contract files at once; twice does no more than once, so that it needs no key. */
export function useContractReload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => take(api.ingestion.POST('/api/ingestion/contracts/reloads')),
    onSuccess: () =>
      Promise.all(['sources', 'contracts', 'feed-titles'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
