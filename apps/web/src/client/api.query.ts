import createClient from 'openapi-fetch';

import type { paths as Credit } from './generated/credit.js';
import type { paths as Identity } from './generated/identity.js';
import type { paths as Ingestion } from './generated/ingestion.js';
import type { paths as Marketplace } from './generated/marketplace.js';
import type { paths as Notification } from './generated/notification.js';
import type { paths as Profiling } from './generated/profiling.js';
import type { paths as Supervision } from './generated/supervision.js';
import { portalFetch } from './portal-fetch.query.js';

/** `fetch` as the whole page uses it: see `portalFetch`. */
export const callServices = portalFetch((request) => fetch(request));

const settings = { credentials: 'same-origin', fetch: callServices } as const;

/** Every call of the page goes through here; paths, parameters and bodies are those of the services' OpenAPI. */
export const api = {
  identity: createClient<Identity>(settings),
  ingestion: createClient<Ingestion>(settings),
  profiling: createClient<Profiling>(settings),
  credit: createClient<Credit>(settings),
  marketplace: createClient<Marketplace>(settings),
  supervision: createClient<Supervision>(settings),
  notification: createClient<Notification>(settings),
};

/** The body of a call that came back well; anything else was thrown on the way. */
export async function take<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  return data as NonNullable<T>;
}

/** Goes with every command; the key comes from `useCommand`. */
export const withKey = (key: string) => ({ 'Idempotency-Key': key });
