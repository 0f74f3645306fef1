import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';

type Schemas = components['schemas'];
export type AppliedLimit = Schemas['AppliedLimitResponse'];
export type LprQuote = Schemas['LprQuoteResponse'];
export type QuoteLpr = Schemas['QuoteLprRequest'];
type Product = Schemas['ProductResponse'];

/** The limits of one need; a bank sees those that hold for itself. */
export const useApplied = (needId: string) =>
  useQuery({
    queryKey: ['limits', 'applied', needId],
    retry: false,
    queryFn: () => take(api.marketplace.GET('/api/marketplace/limits/applied', { params: { query: { needId } } })),
  });

/** A shelf has some hundreds of products at most; more would be no list to choose from. */
const shelfPagesMax = 5;

/** Every product of the shelf, to choose one from or to name it. */
export function useShelf(wanted = true) {
  return useQuery({
    queryKey: ['products', 'shelf'],
    enabled: wanted,
    staleTime: 300_000,
    queryFn: async (): Promise<Product[]> => {
      const products: Product[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < shelfPagesMax && (page === 0 || cursor); page += 1) {
        const query = { limit: 100, cursor };
        const slice = await take(api.marketplace.GET('/api/marketplace/products', { params: { query } }));
        products.push(...slice.items);
        cursor = slice.nextCursor ?? undefined;
      }
      return products;
    },
  });
}

/** Two tenors a month: a page is years of quotes. */
export const useQuotes = () =>
  useQuery({
    queryKey: ['lpr', 'all'],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/lpr', { params: { query: { limit: 100 } } })),
  });

export const useQuote = () =>
  useCommand({
    changes: ['lpr'],
    send: (body: QuoteLpr, key) => take(api.marketplace.POST('/api/marketplace/lpr', { body, headers: withKey(key) })),
  });
