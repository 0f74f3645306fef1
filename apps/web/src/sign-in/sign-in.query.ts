import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/identity.js';
import { become } from '../client/session.query.js';

type Registration = components['schemas']['CreateRegistrationRequest'];
type Credentials = components['schemas']['CreateSessionRequest'];

/** The page that was asked for before the sign-in came between; never an address of somebody else's. */
export function useNextPage(): string {
  const next = useSearchParams()[0].get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

export function useSignIn() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const next = useNextPage();
  return useCommand({
    send: (body: Credentials) => take(api.identity.POST('/api/identity/sessions', { body })),
    onDone: ({ person }) => {
      become(client, person);
      void navigate(next, { replace: true });
    },
  });
}

/** Registers and signs in with what was just chosen. */
export function useRegistration(signIn: (credentials: Credentials) => Promise<unknown>) {
  return useCommand({
    send: (body: Registration, key) =>
      take(api.identity.POST('/api/identity/registrations', { body, headers: withKey(key) })),
    onDone: (_account, { login, password }) => void signIn({ login, password }),
  });
}

/** People of the demo city; nobody outside it. */
export function useDemoPeople() {
  return useQuery({
    queryKey: ['demo-people'],
    queryFn: () => take(api.identity.GET('/api/identity/demo-people')).catch(() => []),
    staleTime: Infinity,
  });
}
