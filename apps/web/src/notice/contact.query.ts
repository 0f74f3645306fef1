import { useMutation } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/notification.js';
import { settingsKey } from './notice.query.js';

type Schemas = components['schemas'];
export type ContactChannel = Schemas['NameContactRequest']['channel'];

/** Sends a code to the address. No command: asked again it sends another code, which the service holds back for a minute. */
export function useNameContact() {
  return useMutation({
    mutationFn: async (body: Schemas['NameContactRequest']) => {
      await api.notification.POST('/api/notification/settings/contacts', { body });
    },
  });
}

export function useProveContact() {
  return useCommand({
    changes: [settingsKey],
    send: (body: Schemas['ProveContactRequest'], key) =>
      take(api.notification.POST('/api/notification/settings/contacts/proof', { body, headers: withKey(key) })),
  });
}

export function useRemoveContact() {
  return useCommand({
    changes: [settingsKey],
    send: (channel: ContactChannel, key) =>
      take(
        api.notification.POST('/api/notification/settings/contacts/removal', {
          body: { channel },
          headers: withKey(key),
        }),
      ),
  });
}
