import { useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/ingestion.js';

type Schemas = components['schemas'];
export type Contract = Schemas['ContractResponse'];
export type ContractColumn = Schemas['ContractColumnResponse'];
export type ContractVersion = Schemas['ContractVersionResponse'];

export const useContract = (feed: string) =>
  useQuery({
    queryKey: ['contracts', feed],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/contracts/{feed}', { params: { path: { feed } } })),
  });

export const useContractVersions = (feed: string) =>
  useQuery({
    queryKey: ['contracts', feed, 'versions'],
    queryFn: () => take(api.ingestion.GET('/api/ingestion/contracts/{feed}/versions', { params: { path: { feed } } })),
  });

export const contractPath = (feed: string): string => `/contracts/${encodeURIComponent(feed)}`;
