import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';

type Schemas = components['schemas'];
export type Limits = Schemas['LimitsResponse'];
export type LimitChange = Schemas['LimitChangeResponse'];
export type Proposal = Schemas['ProposeLimitChangeRequest'];

export function useLimits() {
  return useQuery({ queryKey: ['limits'], queryFn: () => take(api.marketplace.GET('/api/marketplace/limits')) });
}

export function useProposal() {
  return useCommand({
    changes: ['limits'],
    send: (body: Proposal, key) =>
      take(api.marketplace.POST('/api/marketplace/limits/changes', { body, headers: withKey(key) })),
  });
}

export function useDecision(verdict: 'approval' | 'rejection') {
  const path = `/api/marketplace/limits/changes/{id}/${verdict}` as const;
  return useCommand({
    changes: ['limits'],
    send: (id: string, key) =>
      take(api.marketplace.POST(path, { params: { path: { id } }, body: {}, headers: withKey(key) })),
  });
}
