import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components, operations } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Lead = Schemas['LeadResponse'];
export type PlacedGrab = Schemas['PlacedGrabResponse'];
/** In a fair window nobody has won yet: the entry waits for the draw. */
export type SealedEntry = Schemas['SealedEntryResponse'];
export type Match = Schemas['MatchResponse'];
export type Entry = Schemas['EntryResponse'];
export type Search = Schemas['SearchResponse'];
export type WriteSearch = Schemas['WriteSearchRequest'];

export const amountBands = ['0-100', '100-300', '300-500', '500-1000', '1000-3000', '3000+'] as const;
export const scoreBands = ['A', 'B', 'C', 'D', 'E'] as const;

type Asked = NonNullable<operations['LeadController_list']['parameters']['query']>;
export type LeadFilter = Omit<Asked, 'limit' | 'cursor'>;

export function loadLeads(filter: LeadFilter): Load<Lead> {
  return (page) => take(api.marketplace.GET('/api/marketplace/leads', { params: { query: { ...page, ...filter } } }));
}

/** Why the own products fit this lead, and why not. */
export function useFit(needId: string) {
  return useQuery({
    queryKey: ['fit', needId],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/leads/{needId}/match', { params: { path: { needId } } })),
  });
}

interface Intended {
  readonly needId: string;
  readonly intendedFen: string;
}

export function useGrab() {
  return useCommand({
    changes: ['leads', 'cases', 'entries'],
    send: ({ needId, intendedFen }: Intended, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/grabs', {
          params: { path: { id: needId } },
          body: { intendedFen },
          headers: withKey(key),
        }),
      ),
  });
}

/** Places in lines and sealed entries of the institution. */
export const loadEntries: Load<Entry> = (page) =>
  take(api.marketplace.GET('/api/marketplace/waiting', { params: { query: page } }));

export function useJoin() {
  return useCommand({
    changes: ['leads', 'entries'],
    send: ({ needId, intendedFen }: Intended, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/waiting', {
          params: { path: { id: needId } },
          body: { intendedFen },
          headers: withKey(key),
        }),
      ),
  });
}

export function useLeave() {
  return useCommand({
    changes: ['leads', 'entries'],
    send: (needId: string, key) =>
      take(
        api.marketplace.DELETE('/api/marketplace/needs/{id}/waiting', {
          params: { path: { id: needId } },
          headers: withKey(key),
        }),
      ),
  });
}

export const loadSearches: Load<Search> = (page) =>
  take(api.marketplace.GET('/api/marketplace/searches', { params: { query: page } }));

export type SearchHit = Schemas['SearchHitResponse'];

/** What a search has found so far. */
export const loadHits =
  (id: string): Load<SearchHit> =>
  (page) =>
    take(api.marketplace.GET('/api/marketplace/searches/{id}/hits', { params: { path: { id }, query: page } }));

export function useSaveSearch() {
  return useCommand({
    changes: ['searches'],
    send: (body: WriteSearch, key) =>
      take(api.marketplace.POST('/api/marketplace/searches', { body, headers: withKey(key) })),
  });
}

export function useEditSearch(id: string) {
  return useCommand({
    changes: ['searches'],
    send: (body: WriteSearch, key) =>
      take(
        api.marketplace.PUT('/api/marketplace/searches/{id}', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useRemoveSearch() {
  return useCommand({
    changes: ['searches'],
    send: (id: string, key) =>
      take(
        api.marketplace.DELETE('/api/marketplace/searches/{id}', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}
