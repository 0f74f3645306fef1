import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load, Slice } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Case = Schemas['CaseResponse'];
export type CaseDetail = Schemas['CaseDetailResponse'];
export type Contact = Schemas['RecordContactRequest'];
export type NewOffer = Schemas['MakeOfferRequest'];
export type OfferFee = Schemas['OfferFeeRequest'];
export type Quote = Schemas['LprQuoteResponse'];
export type Decline = Schemas['DeclineCaseRequest'];
export type Payment = Schemas['ReportDisbursementRequest'];
export type CasePage = Schemas['CasePage'];

interface CaseFilter {
  readonly managerId: string | undefined;
  readonly status: 'OPEN' | undefined;
}

export const caseTouched = ['cases', 'case', 'progress', 'team'];

export function loadCases(filter: CaseFilter): Load<Case> {
  return (page): Promise<Slice<Case>> =>
    take(api.marketplace.GET('/api/marketplace/grabs', { params: { query: { ...page, ...filter } } }));
}

/** Open cases against the limits, of the person and of the institution. */
export function useLoad() {
  return useQuery({
    queryKey: ['cases', 'load'],
    queryFn: async () =>
      (await take(api.marketplace.GET('/api/marketplace/grabs', { params: { query: { limit: 1 } } }))).load,
  });
}

export function useCase(id: string) {
  return useQuery({
    queryKey: ['case', id],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/grabs/{id}', { params: { path: { id } } })),
    refetchInterval: 15_000,
  });
}

export function useContact(id: string) {
  return useCommand({
    changes: caseTouched,
    send: (body: Contact, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/contact', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useOffer(id: string) {
  return useCommand({
    changes: caseTouched,
    send: (body: NewOffer, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/offers', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useDecline(id: string) {
  return useCommand({
    changes: caseTouched,
    send: (body: Decline, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/decline', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useRelease(id: string) {
  return useCommand({
    changes: caseTouched,
    send: (_: null, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/release', {
          params: { path: { id } },
          body: {},
          headers: withKey(key),
        }),
      ),
  });
}

export function useDisbursement(id: string) {
  return useCommand({
    changes: caseTouched,
    send: (body: Payment, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/disbursement', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}
