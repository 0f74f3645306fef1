import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Listing = Schemas['ListingResponse'];
export type Entry = Schemas['ListingEntryResponse'];
export type TakeUp = Schemas['TakeUpResponse'];
export type Results = Schemas['ListingResultResponse'];
export type WriteListing = Schemas['WriteListingRequest'];
export type Step = Schemas['ReportTakeUpRequest'];

export const loadListings: Load<Listing> = (page) =>
  take(api.marketplace.GET('/api/marketplace/listings', { params: { query: page } }));

export function useListingById(id: string) {
  return useQuery({
    queryKey: ['listings', id],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/listings/{id}', { params: { path: { id } } })),
  });
}

export interface EntryFilter {
  readonly district: string | undefined;
  readonly consent: Entry['consent'] | undefined;
}

export const loadEntries =
  (id: string, filter: EntryFilter): Load<Entry> =>
  (page) =>
    take(
      api.marketplace.GET('/api/marketplace/listings/{id}/entries', {
        params: { path: { id }, query: { ...page, ...filter } },
      }),
    );

export function useResults(id: string) {
  return useQuery({
    queryKey: ['listings', id, 'results'],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/listings/{id}/results', { params: { path: { id } } })),
  });
}

/** The list as the service writes it down for whoever asks. */
export const readExport = (id: string): Promise<string> =>
  take(
    api.marketplace.GET('/api/marketplace/listings/{id}/export', { params: { path: { id } }, parseAs: 'text' }),
  ) as Promise<string>;

export function useNewListing() {
  return useCommand({
    changes: ['listings'],
    send: (body: WriteListing, key) =>
      take(api.marketplace.POST('/api/marketplace/listings', { body, headers: withKey(key) })),
  });
}

export function useListingMove(act: 'publication' | 'closure') {
  const path = `/api/marketplace/listings/{id}/${act}` as const;
  return useCommand({
    changes: ['listings'],
    send: (id: string, key) => take(api.marketplace.POST(path, { params: { path: { id } }, headers: withKey(key) })),
  });
}

export const loadTakeUps: Load<TakeUp> = (page) =>
  take(api.marketplace.GET('/api/marketplace/take-ups', { params: { query: page } }));

/** Entries that the own bank took up before, among its newest hundred: taking them up again would only be refused. */
export function useTakenEntries(wanted: boolean) {
  return useQuery({
    queryKey: ['take-ups', 'entries'],
    queryFn: async () => new Set((await loadTakeUps({ limit: 100 })).items.map(({ entryId }) => entryId)),
    enabled: wanted,
  });
}

export function useTakeUp(listingId: string) {
  return useCommand({
    changes: ['take-ups', 'listings'],
    send: (entryId: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/listings/{id}/entries/{entryId}/take-ups', {
          params: { path: { id: listingId, entryId } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useStep(id: string) {
  return useCommand({
    changes: ['take-ups', 'listings'],
    send: (body: Step, key) =>
      take(
        api.marketplace.POST('/api/marketplace/take-ups/{id}/steps', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}
