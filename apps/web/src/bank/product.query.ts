import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Product = Schemas['ProductResponse'];
export type WriteProduct = Schemas['WriteProductRequest'];
export type Programme = Schemas['ProgrammeResponse'];
export type Family = Product['family'];

export const families: readonly Family[] = [
  'GENERAL',
  'UNSECURED',
  'IP_PLEDGE',
  'KE_DAI_TONG',
  'FIRST_LOAN',
  'RENEWAL',
  'TECH_INSURANCE',
];

interface ProductFilter {
  /** Its code: only what one institution offers. */
  readonly institution: string | undefined;
  readonly family: Family | undefined;
}

export function loadProducts(filter: ProductFilter): Load<Product> {
  return (page) =>
    take(api.marketplace.GET('/api/marketplace/products', { params: { query: { ...page, ...filter } } }));
}

/** What the own institution has off the shelf. */
export const loadDrafts: Load<Product> = (page) =>
  take(api.marketplace.GET('/api/marketplace/products/drafts', { params: { query: page } }));

export function useVersions(id: string) {
  return useQuery({
    queryKey: ['products', id, 'versions'],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/products/{id}/versions', { params: { path: { id } } })),
  });
}

export function useNewProduct() {
  return useCommand({
    changes: ['products', 'fit'],
    send: (body: WriteProduct, key) =>
      take(api.marketplace.POST('/api/marketplace/products', { body, headers: withKey(key) })),
  });
}

export function useProductEdit(id: string) {
  return useCommand({
    changes: ['products', 'fit'],
    send: (body: WriteProduct, key) =>
      take(
        api.marketplace.PUT('/api/marketplace/products/{id}', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

/** On the shelf, back to draft, or off it for good. */
export function useProductMove(act: 'publication' | 'unpublication' | 'withdrawal') {
  const path = `/api/marketplace/products/{id}/${act}` as const;
  return useCommand({
    changes: ['products', 'fit'],
    send: (id: string, key) => take(api.marketplace.POST(path, { params: { path: { id } }, headers: withKey(key) })),
  });
}

export const loadProgrammes: Load<Programme> = (page) =>
  take(api.marketplace.GET('/api/marketplace/programmes', { params: { query: page } }));

export function useSubscription(id: string) {
  return useCommand({
    changes: ['products', 'programmes', 'fit'],
    send: (body: WriteProduct, key) =>
      take(
        api.marketplace.POST('/api/marketplace/programmes/{id}/subscriptions', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}
