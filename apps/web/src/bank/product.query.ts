import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Product = Schemas['ProductResponse'];
export type WriteProduct = Schemas['WriteProductRequest'];

/** The shelf; of one institution when its code is given. */
export function loadProducts(institution: string | undefined): Load<Product> {
  return (page) =>
    take(api.marketplace.GET('/api/marketplace/products', { params: { query: { ...page, institution } } }));
}

export function useNewProduct() {
  return useCommand({
    changes: ['products'],
    send: (body: WriteProduct, key) =>
      take(api.marketplace.POST('/api/marketplace/products', { body, headers: withKey(key) })),
  });
}

export function useProductWithdrawal() {
  return useCommand({
    changes: ['products'],
    send: (id: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/products/{id}/withdrawal', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}
