import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Campaign = Schemas['CampaignResponse'];
export type Target = Schemas['TargetResponse'];
export type OpenTarget = Schemas['OpenTargetResponse'];
export type CampaignProgress = Schemas['ProgressOfCampaignResponse'];
export type ProgressCell = Schemas['ProgressCell'];
export type WriteCampaign = Schemas['WriteCampaignRequest'];
export type RecordVisit = Schemas['RecordVisitRequest'];

export const loadCampaigns: Load<Campaign> = (page) =>
  take(api.marketplace.GET('/api/marketplace/first-loan-campaigns', { params: { query: page } }));

export function useCampaign(id: string) {
  return useQuery({
    queryKey: ['campaigns', id],
    queryFn: () =>
      take(api.marketplace.GET('/api/marketplace/first-loan-campaigns/{id}', { params: { path: { id } } })),
  });
}

export function useCampaignProgress(id: string) {
  return useQuery({
    queryKey: ['campaigns', id, 'progress'],
    queryFn: () =>
      take(api.marketplace.GET('/api/marketplace/first-loan-campaigns/{id}/progress', { params: { path: { id } } })),
  });
}

export function useNewCampaign() {
  return useCommand({
    changes: ['campaigns'],
    send: (body: WriteCampaign, key) =>
      take(api.marketplace.POST('/api/marketplace/first-loan-campaigns', { body, headers: withKey(key) })),
  });
}

export function useCampaignMove(act: 'opening' | 'closure') {
  const path = `/api/marketplace/first-loan-campaigns/{id}/${act}` as const;
  return useCommand({
    changes: ['campaigns'],
    send: (id: string, key) => take(api.marketplace.POST(path, { params: { path: { id } }, headers: withKey(key) })),
  });
}

export const loadTargets: Load<Target> = (page) =>
  take(api.marketplace.GET('/api/marketplace/first-loan-targets', { params: { query: page } }));

/** Who it is: every asking is a read that the enterprise sees, so it is never asked again by itself. */
export function useOpenTarget(id: string) {
  return useQuery({
    queryKey: ['open-target', id],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/first-loan-targets/{id}', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
}

export function useRecordVisit(id: string) {
  return useCommand({
    changes: ['targets', 'campaigns'],
    send: (body: RecordVisit, key) =>
      take(
        api.marketplace.POST('/api/marketplace/first-loan-targets/{id}/visits', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}
