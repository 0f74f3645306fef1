import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Invariants = Schemas['InvariantsResponse'];
export type DrawSummary = Schemas['DrawSummaryResponse'];
export type Draw = Schemas['DrawResponse'];
export type Refusals = Schemas['RefusalResponse'];
export type Alert = Schemas['AlertResponse'];
export type Complaint = Schemas['ComplaintResponse'];
export type Flag = Schemas['FlagResponse'];

export function useInvariants() {
  return useQuery({
    queryKey: ['invariants'],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/invariants')),
  });
}

export const loadDraws: Load<DrawSummary> = (page) =>
  take(api.marketplace.GET('/api/marketplace/draws', { params: { query: page } }));

export function useDraw(needId: string) {
  return useQuery({
    queryKey: ['draws', needId],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/draws/{needId}', { params: { path: { needId } } })),
  });
}

export const loadRefusals: Load<Refusals> = (page) =>
  take(api.marketplace.GET('/api/marketplace/refusals', { params: { query: page } }));

export const loadAlerts: Load<Alert> = (page) =>
  take(api.marketplace.GET('/api/marketplace/limits/alerts', { params: { query: page } }));

export const loadComplaints: Load<Complaint> = (page) =>
  take(api.marketplace.GET('/api/marketplace/complaints', { params: { query: page } }));

export function useCloseComplaint() {
  return useCommand({
    changes: ['complaints'],
    send: ({ id, upheld, note }: { id: string; upheld: boolean; note: string }, key) =>
      take(
        api.marketplace.POST('/api/marketplace/complaints/{id}/closure', {
          params: { path: { id } },
          body: { upheld, note },
          headers: withKey(key),
        }),
      ),
  });
}

export const loadFlags: Load<Flag> = (page) =>
  take(api.marketplace.GET('/api/marketplace/safety/flags', { params: { query: page } }));

export function useDecideFlag() {
  return useCommand({
    changes: ['flags'],
    send: ({ id, ...body }: { id: string; state: 'EXPLAINED' | 'CONFIRMED'; note: string }, key) =>
      take(
        api.marketplace.POST('/api/marketplace/safety/flags/{id}/decision', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useScoreAct(act: 'computation' | 'publication') {
  const path = `/api/marketplace/quality/months/{month}/${act}` as const;
  return useCommand({
    changes: ['scores'],
    send: (month: string, key) =>
      take(api.marketplace.POST(path, { params: { path: { month } }, headers: withKey(key) })),
  });
}
