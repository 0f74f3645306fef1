import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Claim = Schemas['ClaimResponse'];
export type ClaimDetail = Schemas['ClaimDetailResponse'];
export type Candidate = Schemas['CandidateResponse'];

export const claimStates: readonly Claim['state'][] = ['WAITING', 'LINKED', 'NOBODY'];

export const loadClaims =
  (filter: { state: Claim['state'] | undefined; feed: string | undefined }): Load<Claim> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/claims', { params: { query: { ...page, ...filter } } }));

export const useClaimFigures = () =>
  useQuery({
    queryKey: ['claims', 'figures'],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/claims/figures')),
  });

export const useClaim = (id: string) =>
  useQuery({
    queryKey: ['claims', 'one', id],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/claims/{id}', { params: { path: { id } } })),
  });

export const useLink = (id: string) =>
  useCommand({
    changes: ['claims'],
    send: (body: { uscc: string; reason: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/claims/{id}/links', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });

export const useNobody = (id: string) =>
  useCommand({
    changes: ['claims'],
    send: (reason: string, key) =>
      take(
        api.ingestion.POST('/api/ingestion/claims/{id}/nobody', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });

/** The records that were linked go back; the claim waits again. */
export const useUndo = (id: string) =>
  useCommand({
    changes: ['claims'],
    send: (reason: string, key) =>
      take(
        api.ingestion.POST('/api/ingestion/claims/{id}/undo', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
