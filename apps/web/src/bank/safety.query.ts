import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Pledge = Schemas['PledgeResponse'];
export type NewPledge = Schemas['RegisterPledgeRequest'];
export type SafetyNote = Schemas['NoteResponse'];

export const assetKinds: readonly NewPledge['kind'][] = [
  'PATENT',
  'TRADEMARK',
  'EQUIPMENT',
  'REAL_ESTATE',
  'RECEIVABLE',
  'OTHER',
];

export const usePledges = (grabId: string) =>
  useQuery({
    queryKey: ['pledges', grabId],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/safety/pledges', { params: { query: { grabId } } })),
  });

export const loadNotes: Load<SafetyNote> = (page) =>
  take(api.marketplace.GET('/api/marketplace/safety/notes', { params: { query: page } }));

export const useNotesOf = (grabId: string) =>
  useQuery({
    queryKey: ['safety-notes', grabId],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/safety/notes', { params: { query: { grabId } } })),
  });

const touched = ['pledges', 'safety-notes'];

export const useNewPledge = () =>
  useCommand({
    changes: touched,
    send: (body: NewPledge, key) =>
      take(api.marketplace.POST('/api/marketplace/safety/pledges', { body, headers: withKey(key) })),
  });

export const usePledgeRelease = () =>
  useCommand({
    changes: touched,
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/safety/pledges/{id}/release', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
