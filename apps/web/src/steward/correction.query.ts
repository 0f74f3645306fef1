import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Correction = Schemas['OverlayResponse'];
export type RecordView = Schemas['RecordResponse'];

export const correctionStates: readonly Correction['status'][] = [
  'PROPOSED',
  'ACTIVE',
  'REJECTED',
  'BACK_PROPOSED',
  'TAKEN_BACK',
  'ENDED',
];

export const loadCorrections =
  (status: Correction['status'] | undefined): Load<Correction> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/corrections', { params: { query: { ...page, status } } }));

/** What is held of an enterprise in a feed, as it is known now. */
export const useRecords = (uscc: string, feed: string) =>
  useQuery({
    queryKey: ['records', uscc, feed],
    enabled: uscc.length === 18 && feed !== '',
    queryFn: () => take(api.ingestion.GET('/api/ingestion/records', { params: { query: { uscc, feed, limit: 50 } } })),
  });

export const useProposal = () =>
  useCommand({
    changes: ['corrections', 'records'],
    send: (body: Schemas['ProposeOverlayRequest'], key) =>
      take(api.ingestion.POST('/api/ingestion/corrections', { body, headers: withKey(key) })),
  });

interface Decision {
  readonly id: string;
  readonly approve: boolean;
  readonly note: string;
}

export const useDecision = () =>
  useCommand({
    changes: ['corrections', 'records'],
    send: ({ id, ...body }: Decision, key) =>
      take(
        api.ingestion.POST('/api/ingestion/corrections/{id}/decision', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });

export const useTakingBack = () =>
  useCommand({
    changes: ['corrections', 'records'],
    send: ({ id, reason }: { id: string; reason: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/corrections/{id}/withdrawal', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });

export const useBackDecision = () =>
  useCommand({
    changes: ['corrections', 'records'],
    send: ({ id, ...body }: Decision, key) =>
      take(
        api.ingestion.POST('/api/ingestion/corrections/{id}/withdrawal/decision', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
