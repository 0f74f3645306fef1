import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/notification.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Webhook = Schemas['WebhookResponse'];
export type WebhookSecret = Schemas['WebhookSecretResponse'];
export type Registration = Schemas['RegisterWebhookRequest'];
export type WebhookKind = Registration['kinds'][number];
export type Message = Schemas['WebhookMessageResponse'];
export type MessageState = Message['state'];

const webhooksKey = 'webhooks';

export function useWebhooks() {
  return useQuery({
    queryKey: [webhooksKey],
    queryFn: () => take(api.notification.GET('/api/notification/webhooks')),
  });
}

/** Not a command of the usual kind: its answer holds a secret, which no service keeps for a second asking. Sent once. */
export function useRegistration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Registration) => take(api.notification.POST('/api/notification/webhooks', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: [webhooksKey] }),
  });
}

/** The same for a new secret. */
export function useRotation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.notification.POST('/api/notification/webhooks/{id}/rotation', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: [webhooksKey] }),
  });
}

export function useWebhookMove(act: 'pause' | 'resumption') {
  const path = `/api/notification/webhooks/{id}/${act}` as const;
  return useCommand({
    changes: [webhooksKey],
    send: (id: string, key) => take(api.notification.POST(path, { params: { path: { id } }, headers: withKey(key) })),
  });
}

export function useRemoval() {
  return useCommand({
    changes: [webhooksKey],
    send: async (id: string, key) => {
      await api.notification.DELETE('/api/notification/webhooks/{id}', {
        params: { path: { id } },
        headers: withKey(key),
      });
    },
  });
}

export function usePing() {
  return useCommand({
    changes: [webhooksKey],
    send: (id: string, key) =>
      take(
        api.notification.POST('/api/notification/webhooks/{id}/ping', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export const messagesName = (id: string, state: MessageState | undefined) => [webhooksKey, id, 'messages', state];

export const loadMessages =
  (id: string, state: MessageState | undefined): Load<Message> =>
  (page) =>
    take(
      api.notification.GET('/api/notification/webhooks/{id}/messages', {
        params: { path: { id }, query: { ...page, state } },
      }),
    );

export function useAttempts(id: string, messageId: string) {
  return useQuery({
    queryKey: [webhooksKey, id, 'attempts', messageId],
    queryFn: () =>
      take(
        api.notification.GET('/api/notification/webhooks/{id}/messages/{messageId}/attempts', {
          params: { path: { id, messageId } },
        }),
      ),
  });
}

export function useReplay(id: string) {
  return useCommand({
    changes: [webhooksKey],
    send: (messageId: string, key) =>
      take(
        api.notification.POST('/api/notification/webhooks/{id}/messages/{messageId}/replay', {
          params: { path: { id, messageId } },
          headers: withKey(key),
        }),
      ),
  });
}
