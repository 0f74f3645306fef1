import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Need = Schemas['NeedResponse'];
export type NeedDetail = Schemas['NeedDetailResponse'];
export type Offer = Schemas['ComparedOfferResponse'];
export type Draft = Schemas['WriteNeedRequest'];

/** Query keys that a change to a need makes out of date. */
const touched = ['needs', 'need', 'offers'];

export const loadNeeds: Load<Need> = (query) =>
  take(api.marketplace.GET('/api/marketplace/needs', { params: { query } }));

const need = (id: string) => take(api.marketplace.GET('/api/marketplace/needs/{id}', { params: { path: { id } } }));

/** The need at work, with the banks that took a place: the newest that has not ended; null when there is none. */
export function useCurrentNeed() {
  return useQuery({
    queryKey: ['needs', 'current'],
    queryFn: async (): Promise<NeedDetail | null> => {
      const open = (await loadNeeds({ limit: 20 })).items.find(({ endedAt }) => endedAt === null);
      return open ? need(open.id) : null;
    },
    refetchInterval: 15_000,
  });
}

/** The newest need, whatever became of it; null before the first. */
export function useLastNeed() {
  return useQuery({
    queryKey: ['needs', 'last'],
    queryFn: async (): Promise<Need | null> => (await loadNeeds({ limit: 1 })).items[0] ?? null,
  });
}

export function useNeed(id: string | undefined) {
  return useQuery({
    queryKey: ['need', id],
    enabled: id !== undefined,
    queryFn: () => need(id!),
  });
}

export type OfferSort = Schemas['ComparedOffersResponse']['sort'];
export const offerSorts: readonly OfferSort[] = ['TOTAL_COST', 'RATE', 'AMOUNT', 'FIRST_PAYMENT', 'NEWEST'];

export function useOffers(needId: string | undefined, sort: OfferSort) {
  return useQuery({
    queryKey: ['offers', needId, sort],
    enabled: needId !== undefined,
    refetchInterval: 15_000,
    queryFn: () =>
      take(
        api.marketplace.GET('/api/marketplace/needs/{id}/offers', {
          params: { path: { id: needId! }, query: { sort } },
        }),
      ),
  });
}

export function useDraft() {
  return useCommand({
    changes: touched,
    send: (body: Draft, key) => take(api.marketplace.POST('/api/marketplace/needs', { body, headers: withKey(key) })),
  });
}

/** Writes the draft that is there already anew, whole. */
export function useRedraft() {
  return useCommand({
    changes: touched,
    send: ({ id, draft }: { id: string; draft: Draft }, key) =>
      take(
        api.marketplace.PUT('/api/marketplace/needs/{id}', {
          params: { path: { id } },
          body: draft,
          headers: withKey(key),
        }),
      ),
  });
}

export function useExtension() {
  return useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/extension', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function usePublication() {
  return useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/publication', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useWithdrawal() {
  return useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/withdrawal', {
          params: { path: { id } },
          body: {},
          headers: withKey(key),
        }),
      ),
  });
}

/** Content with the part that is accepted: nothing more is looked for. */
export function useCompletion() {
  return useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/completion', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useAcceptance() {
  return useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/offers/{id}/acceptance', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}
