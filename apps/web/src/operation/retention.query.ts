import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Hold = Schemas['HoldResponse'];
export type NewHold = Schemas['PlaceHoldRequest'];
export type Proof = Schemas['ProofResponse'];

export const loadHolds: Load<Hold> = (page) =>
  take(api.ingestion.GET('/api/ingestion/retention/holds', { params: { query: page } }));

export const loadProofs: Load<Proof> = (page) =>
  take(api.ingestion.GET('/api/ingestion/retention/proofs', { params: { query: page } }));

export const useNewHold = () =>
  useCommand({
    changes: ['retention'],
    send: (body: NewHold, key) =>
      take(api.ingestion.POST('/api/ingestion/retention/holds', { body, headers: withKey(key) })),
  });

export const useHoldRelease = () =>
  useCommand({
    changes: ['retention'],
    send: ({ id, reason }: { id: string; reason: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/retention/holds/{id}/release', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
