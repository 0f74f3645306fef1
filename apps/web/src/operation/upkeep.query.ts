import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components as Notification } from '../client/generated/notification.js';
import type { components as Profiling } from '../client/generated/profiling.js';
import type { components as Supervision } from '../client/generated/supervision.js';
import type { Load } from '../parts/cursor-table.part.js';

export type Delivery = Notification['schemas']['DeliveryResponse'];
export type Reconciliation = Supervision['schemas']['ReconciliationResponse'];
export type Rebuild = Supervision['schemas']['RebuildResponse'];
export type SearchBuild = Profiling['schemas']['SearchBuildResponse'];
export type SearchAct = Profiling['schemas']['SearchLogResponse'];

export const deliveryStates: readonly Delivery['state'][] = [
  'QUEUED',
  'SENDING',
  'WAITING',
  'DIGESTED',
  'SENT',
  'PARKED',
  'SKIPPED',
];

export const loadDeliveries =
  (state: Delivery['state'] | undefined): Load<Delivery> =>
  (page) =>
    take(api.notification.GET('/api/notification/deliveries', { params: { query: { ...page, state } } }));

export const useResend = () =>
  useCommand({
    changes: ['deliveries'],
    send: (id: string, key) =>
      take(
        api.notification.POST('/api/notification/deliveries/{id}/replay', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });

export const loadReconciliations: Load<Reconciliation> = (page) =>
  take(api.supervision.GET('/api/supervision/reconciliations', { params: { query: page } }));

export const loadRebuilds: Load<Rebuild> = (page) =>
  take(api.supervision.GET('/api/supervision/rebuilds', { params: { query: page } }));

export const useRebuild = () =>
  useCommand({
    changes: ['supervision'],
    send: (reason: string, key) =>
      take(api.supervision.POST('/api/supervision/rebuilds', { body: { reason }, headers: withKey(key) })),
  });

export const useSearchIndex = () =>
  useQuery({
    queryKey: ['search-index', 'state'],
    queryFn: () => take(api.profiling.GET('/api/profiling/search-index')),
    refetchInterval: 10_000,
  });

export const loadSearchLog: Load<SearchAct> = (page) =>
  take(api.profiling.GET('/api/profiling/search-index/log', { params: { query: page } }));

export const useSearchRebuild = () =>
  useCommand({
    changes: ['search-index'],
    send: (reason: string, key) =>
      take(api.profiling.POST('/api/profiling/search-index/rebuilds', { body: { reason }, headers: withKey(key) })),
  });

export const useSigningKeys = () =>
  useQuery({ queryKey: ['keys', 'signing'], queryFn: () => take(api.identity.GET('/api/identity/jwks.json')) });

export const useReceiptKeys = () =>
  useQuery({ queryKey: ['keys', 'receipts'], queryFn: () => take(api.credit.GET('/api/credit/receipt-keys')) });

export const useSigningKeyRotation = () =>
  useCommand({
    changes: ['keys'],
    send: (_nothing: undefined, key) =>
      take(api.identity.POST('/api/identity/signing-keys/rotation', { headers: withKey(key) })),
  });
