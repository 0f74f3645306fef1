import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/notification.js';
import type { Language } from '../frame/dictionary.rules.js';

type Schemas = components['schemas'];
export type Notice = Schemas['NoticeResponse'];
export type Preference = Schemas['PreferenceResponse'];
export type Setting = Schemas['SettingResponse'];
export type Way = Preference['inApp'];

export const noticesKey = 'notices';
export const settingsKey = 'notice-settings';

/** The newest few, with how many are unread. */
export function useNewest(language: Language) {
  return useQuery({ queryKey: [noticesKey, 'newest', language], queryFn: () => loadNotices(language)({ limit: 8 }) });
}

export const loadNotices =
  (language: Language, unread?: boolean) =>
  (page: { limit: number; cursor?: string | undefined }): Promise<Schemas['NoticePage']> =>
    take(
      api.notification.GET('/api/notification/notifications', {
        params: { query: { ...page, language, ...(unread && { unread: 'true' as const }) } },
      }),
    );

export function useReadOne() {
  return useCommand({
    changes: [noticesKey],
    send: (id: string, key) =>
      take(
        api.notification.POST('/api/notification/notifications/{id}/reading', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

/** Everything up to the newest that was shown: what arrives meanwhile stays unread. */
export function useReadAll() {
  return useCommand({
    changes: [noticesKey],
    send: (upTo: number, key) =>
      take(api.notification.POST('/api/notification/notifications/reading', { body: { upTo }, headers: withKey(key) })),
  });
}

export function useSetting() {
  return useQuery({
    queryKey: [settingsKey, 'setting'],
    queryFn: () => take(api.notification.GET('/api/notification/settings')),
  });
}

export function useChangeSetting() {
  return useCommand({
    changes: [settingsKey],
    send: (body: Schemas['ChangeSettingRequest'], key) =>
      take(api.notification.POST('/api/notification/settings', { body, headers: withKey(key) })),
  });
}

export function usePreferences(language: Language) {
  return useQuery({
    queryKey: [settingsKey, 'preferences', language],
    queryFn: () => take(api.notification.GET('/api/notification/settings/preferences')),
  });
}

export function useChangePreference() {
  return useCommand({
    changes: [settingsKey],
    send: ({ kind, channel, mode }: { kind: string; channel: Setting['channels'][number]; mode: Way }, key) => {
      // The list names its kinds as text, because older ones may be on it; what it offers to change, the service knows.
      const body = { kind: kind as Schemas['ChangePreferenceRequest']['kind'], channel, mode };
      return take(api.notification.POST('/api/notification/settings/preferences', { body, headers: withKey(key) }));
    },
  });
}
