import createClient from 'openapi-fetch';

import { callServices, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components, paths } from '../client/generated/identity.js';
import type { Load } from '../parts/cursor-table.part.js';

export type DeadLetter = components['schemas']['DeadLetterResponse'];
export type LetterState = DeadLetter['state'];

/** Every service keeps the letters of its own handlers, under routes that are alike but for its name. */
export const letterServices = ['profiling', 'marketplace', 'supervision', 'notification', 'ingestion'] as const;
export type LetterService = (typeof letterServices)[number];

function boxOf(service: LetterService) {
  return createClient<paths>({
    credentials: 'same-origin',
    fetch: async (request) => callServices(await sentTo(service, request)),
  });
}

/** The body is copied as text: browsers send a stream over HTTP/2 only. */
async function sentTo(service: LetterService, request: Request): Promise<Request> {
  const { method, headers, credentials, signal } = request;
  const body = await request.text();
  const url = request.url.replace('/api/identity/', `/api/${service}/`);
  return new Request(url, { method, headers, credentials, signal, ...(body === '' ? {} : { body }) });
}

export function loadLetters(service: LetterService, state: LetterState | undefined): Load<DeadLetter> {
  return (page) => take(boxOf(service).GET('/api/identity/dead-letters', { params: { query: { ...page, state } } }));
}

export function useReplay(service: LetterService) {
  return useCommand({
    changes: ['dead-letters'],
    send: (id: string, key) =>
      take(
        boxOf(service).POST('/api/identity/dead-letters/{id}/replay', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useDiscard(service: LetterService) {
  return useCommand({
    changes: ['dead-letters'],
    send: ({ id, reason }: { id: string; reason: string }, key) =>
      take(
        boxOf(service).POST('/api/identity/dead-letters/{id}/discard', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
}
