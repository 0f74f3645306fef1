import { useQuery, type QueryClient } from '@tanstack/react-query';

import { api, take } from './api.query.js';
import type { components } from './generated/identity.js';
import { ProblemError } from './problem.error.js';

export type Me = components['schemas']['MeResponse'];

export const meKey = ['me'] as const;

/** Who is signed in; null when nobody is. */
export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: readMe, staleTime: 60_000 });
}

async function readMe(): Promise<Me | null> {
  try {
    return await take(api.identity.GET('/api/identity/me'));
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

export const isSignedOut = (error: unknown) => error instanceof ProblemError && error.problem.status === 401;

/** Ends the session here and on the service; what one person saw must not wait in memory for the next. */
export async function signOut(client: QueryClient): Promise<void> {
  await api.identity.DELETE('/api/identity/sessions/current').catch(() => undefined);
  client.clear();
  client.setQueryData(meKey, null);
}
