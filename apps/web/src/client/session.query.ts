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

/** Ends the session and begins the page anew: nothing that one person saw waits in memory for the next. */
export async function signOut(): Promise<void> {
  await api.identity.DELETE('/api/identity/sessions/current').catch(() => undefined);
  window.location.replace('/sign-in');
}

/** Somebody has signed in; what was kept of an earlier session goes. */
export function become(client: QueryClient, me: Me): void {
  client.setQueryData(meKey, me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
}
