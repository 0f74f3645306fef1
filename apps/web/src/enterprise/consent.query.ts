import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/credit.js';
import type { Load } from '../parts/cursor-table.part.js';
import { dayOf } from '../parts/format.rules.js';

type Schemas = components['schemas'];
export type Authorisation = Schemas['AuthorisationResponse'];
export type Attempt = Schemas['QueryAttemptResponse'];
export type Consent = Schemas['SignAuthorisationRequest'];
export type Purpose = Consent['purposes'][number];
export type Limb = Consent['limbs'][number];

export const loadAuthorisations: Load<Authorisation> = (query) =>
  take(api.credit.GET('/api/credit/authorisations', { params: { query } }));

/** More than an enterprise ever signs; whatever is older keeps its code. */
const signedMax = 100;

/** The day on which each authorisation was signed, by its id. */
export const useSigningDays = () =>
  useQuery({
    queryKey: ['authorisations', 'days'],
    queryFn: async () => {
      const { items } = await loadAuthorisations({ limit: signedMax });
      return new Map(items.map(({ id, signedAt }) => [id, dayOf(new Date(signedAt))]));
    },
  });

export const loadAttempts: Load<Attempt> = (query) =>
  take(api.credit.GET('/api/credit/queries', { params: { query } }));

/** The words that are signed; they change seldom, but never behind the back of somebody who reads them. */
export function useConsentText() {
  return useQuery({
    queryKey: ['consent-text'],
    queryFn: () => take(api.credit.GET('/api/credit/authorisation-text')),
    staleTime: 0,
  });
}

/** Consent decides what is published and what is read: more than the list of authorisations may have changed. */
const touched = ['authorisations', 'needs', 'need'];

export function useSigning() {
  return useCommand({
    changes: touched,
    send: (body: Consent, key) => take(api.credit.POST('/api/credit/authorisations', { body, headers: withKey(key) })),
  });
}

export function useRevocation() {
  return useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.credit.POST('/api/credit/authorisations/{id}/revocation', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}
