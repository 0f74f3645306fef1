import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/identity.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Organisation = Schemas['OrganisationResponse'];
export type Person = Schemas['PersonResponse'];
export type Registration = Schemas['RegistrationResponse'];
export type NewOrganisation = Schemas['CreateOrganisationRequest'];
export type NewPerson = Schemas['CreatePersonRequest'];
export type Kind = Organisation['kind'];

export const kinds: readonly Kind[] = ['institution', 'enterprise', 'source', 'regulator', 'operator'];

export function loadOrganisations(filter: { kind: Kind | undefined; q: string | undefined }): Load<Organisation> {
  return (page) => take(api.identity.GET('/api/identity/organisations', { params: { query: { ...page, ...filter } } }));
}

export function useOrganisation(id: string) {
  return useQuery({
    queryKey: ['organisation', id],
    queryFn: () => take(api.identity.GET('/api/identity/organisations/{id}', { params: { path: { id } } })),
  });
}

/** All memberships from now on. */
export function useMemberships(id: string) {
  return useCommand({
    changes: ['organisations', 'organisation', 'institutions'],
    send: (memberships: Organisation['memberships'], key) =>
      take(
        api.identity.POST('/api/identity/organisations/{id}/memberships', {
          params: { path: { id } },
          body: { memberships },
          headers: withKey(key),
        }),
      ),
  });
}

export function loadPeople(id: string): Load<Person> {
  return (page) =>
    take(api.identity.GET('/api/identity/organisations/{id}/people', { params: { path: { id }, query: page } }));
}

export function useNewOrganisation() {
  return useCommand({
    changes: ['organisations'],
    send: (body: NewOrganisation, key) =>
      take(api.identity.POST('/api/identity/organisations', { body, headers: withKey(key) })),
  });
}

export function useNewPerson(id: string) {
  return useCommand({
    changes: ['people'],
    send: (body: NewPerson, key) =>
      take(
        api.identity.POST('/api/identity/organisations/{id}/people', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function usePersonState(act: 'suspension' | 'reactivation') {
  const path = `/api/identity/people/{id}/${act}` as const;
  return useCommand({
    changes: ['people'],
    send: (id: string, key) => take(api.identity.POST(path, { params: { path: { id } }, headers: withKey(key) })),
  });
}

export function usePending() {
  return useQuery({
    queryKey: ['registrations', 'PENDING'],
    queryFn: () =>
      take(api.identity.GET('/api/identity/registrations', { params: { query: { status: 'PENDING', limit: 100 } } })),
  });
}

export function useApproval() {
  return useCommand({
    changes: ['registrations', 'organisations'],
    send: (id: string, key) =>
      take(
        api.identity.POST('/api/identity/registrations/{id}/approval', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useRejection() {
  return useCommand({
    changes: ['registrations', 'organisations'],
    send: ({ id, reason }: { id: string; reason: string }, key) =>
      take(
        api.identity.POST('/api/identity/registrations/{id}/rejection', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
}
