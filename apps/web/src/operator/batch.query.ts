import { useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Batch = Schemas['BatchResponse'];
export type SetAside = Schemas['QuarantineResponse'];
export type BatchStatus = Batch['status'];

export const batchStatuses: readonly BatchStatus[] = ['RECEIVED', 'RUNNING', 'DONE', 'FAILED'];

export const isRunning = ({ status }: Batch) => status === 'RECEIVED' || status === 'RUNNING';

export function loadBatches(filter: { feed: string | undefined; status: BatchStatus | undefined }): Load<Batch> {
  return (page) => take(api.ingestion.GET('/api/ingestion/batches', { params: { query: { ...page, ...filter } } }));
}

/** Enough for a fortnight of a city's feeds; more would say no more. */
const recentPagesMax = 5;

/** The newest batches over all feeds, newest first. */
export function useRecentBatches(wanted: boolean) {
  return useQuery({
    queryKey: ['batches', 'recent'],
    enabled: wanted,
    refetchInterval: 60_000,
    queryFn: async (): Promise<Batch[]> => {
      const load = loadBatches({ feed: undefined, status: undefined });
      const batches: Batch[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < recentPagesMax && (page === 0 || cursor); page += 1) {
        const slice = await load({ limit: 100, cursor });
        batches.push(...slice.items);
        cursor = slice.nextCursor ?? undefined;
      }
      return batches;
    },
  });
}

/** Asked again every second while it runs: the bar moves under one's eyes. */
export function useBatch(id: string) {
  return useQuery({
    queryKey: ['batch', id],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/batches/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1_000 : false),
  });
}

export function loadSetAside(id: string, kind: SetAside['kind'] | undefined): Load<SetAside> {
  return (page) =>
    take(
      api.ingestion.GET('/api/ingestion/batches/{id}/quarantine', {
        params: { path: { id }, query: { ...page, kind } },
      }),
    );
}
