import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Match = Schemas['MatchResponse'];
export type CaseProgress = Schemas['ProgressResponse'];
export type Category = Schemas['FileComplaintRequest']['category'];

export const loadMatches =
  (id: string): Load<Match> =>
  (query) =>
    take(api.marketplace.GET('/api/marketplace/needs/{id}/matches', { params: { path: { id }, query } }));

export function useProgress(id: string) {
  return useQuery({
    queryKey: ['need', 'progress', id],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/grabs/{id}/progress', { params: { path: { id } } })),
  });
}

export function useRepublication() {
  return useCommand({
    changes: ['needs', 'need', 'offers'],
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/republication', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useFeedback(id: string) {
  return useCommand({
    changes: ['need', 'needs'],
    send: (body: Schemas['GiveFeedbackRequest'], key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/feedback', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useComplaint(id: string) {
  return useCommand({
    changes: ['complaints'],
    send: (body: Schemas['FileComplaintRequest'], key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/complaints', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}
