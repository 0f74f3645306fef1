import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Operation = Schemas['OperationResponse'];
export type FeedFlow = Schemas['FeedOperationResponse'];
export type SourceFlow = Schemas['SourceOperationResponse'];
export type Hold = Schemas['PauseFlowRequest'];
export type OperationAct = Schemas['OperationActResponse'];

/** How everything flows now; a source sees its own part. Asked again while the page is in view. */
export const useOperation = () =>
  useQuery({
    queryKey: ['operation', 'overview'],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/operation')),
    refetchInterval: 10_000,
  });

export const usePause = () =>
  useCommand({
    changes: ['operation'],
    send: (body: Hold, key) =>
      take(api.ingestion.POST('/api/ingestion/operation/pauses', { body, headers: withKey(key) })),
  });

export const useResumption = () =>
  useCommand({
    changes: ['operation'],
    send: (body: Hold, key) =>
      take(api.ingestion.POST('/api/ingestion/operation/resumptions', { body, headers: withKey(key) })),
  });

/** Asks the source of a feed for what is new, now; its pages appear among the deliveries. */
export const usePull = () =>
  useCommand({
    changes: ['operation', 'batches'],
    send: (feed: string, key) =>
      take(
        api.ingestion.POST('/api/ingestion/feeds/{feed}/pulls', { params: { path: { feed } }, headers: withKey(key) }),
      ),
  });

export const loadOperationLog =
  (feed: string | undefined): Load<OperationAct> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/operation/log', { params: { query: { ...page, feed } } }));
