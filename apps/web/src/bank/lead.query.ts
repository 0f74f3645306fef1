import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';
import type { tiers } from '../parts/vocabulary.part.js';

type Schemas = components['schemas'];
export type Lead = Schemas['LeadResponse'];
export type PlacedGrab = Schemas['PlacedGrabResponse'];
/** In a fair window nobody has won yet: the entry waits for the draw. */
export type SealedEntry = Schemas['SealedEntryResponse'];

export const amountBands = ['0-100', '100-300', '300-500', '500-1000', '1000-3000', '3000+'] as const;

export interface LeadFilter {
  readonly amountBand: Lead['amountBand'] | undefined;
  readonly district: string | undefined;
  readonly industry: string | undefined;
  readonly tier: (typeof tiers)[number] | undefined;
}

export function loadLeads(filter: LeadFilter): Load<Lead> {
  return (page) => take(api.marketplace.GET('/api/marketplace/leads', { params: { query: { ...page, ...filter } } }));
}

export function useGrab() {
  return useCommand({
    changes: ['leads', 'cases'],
    send: ({ needId, intendedFen }: { needId: string; intendedFen: string }, key) =>
      take(
        api.marketplace.POST('/api/marketplace/needs/{id}/grabs', {
          params: { path: { id: needId } },
          body: { intendedFen },
          headers: withKey(key),
        }),
      ),
  });
}
