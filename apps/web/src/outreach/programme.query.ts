import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';

type Schemas = components['schemas'];
export type WriteProgramme = Schemas['WriteProgrammeRequest'];
export type EditProgramme = Schemas['EditProgrammeRequest'];

export function useNewProgramme() {
  return useCommand({
    changes: ['programmes'],
    send: (body: WriteProgramme, key) =>
      take(api.marketplace.POST('/api/marketplace/programmes', { body, headers: withKey(key) })),
  });
}

export function useProgrammeEdit() {
  return useCommand({
    changes: ['programmes'],
    send: ({ id, body }: { id: string; body: EditProgramme }, key) =>
      take(
        api.marketplace.PUT('/api/marketplace/programmes/{id}', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useProgrammeClosure() {
  return useCommand({
    changes: ['programmes'],
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/programmes/{id}/closure', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}
