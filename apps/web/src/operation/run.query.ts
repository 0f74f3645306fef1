import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Run = Schemas['RunResponse'];
export type NewRun = Schemas['ProposeRunRequest'];

export const runStates: readonly Run['state'][] = ['PROPOSED', 'RUNNING', 'DONE', 'STOPPED', 'REJECTED'];

export const loadRuns =
  (filter: { state: Run['state'] | undefined; feed: string | undefined }): Load<Run> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/operation/runs', { params: { query: { ...page, ...filter } } }));

const touched = ['operation', 'batches'];

export const useNewRun = () =>
  useCommand({
    changes: touched,
    send: (body: NewRun, key) =>
      take(api.ingestion.POST('/api/ingestion/operation/runs', { body, headers: withKey(key) })),
  });

export const useBatchReplay = (id: string) =>
  useCommand({
    changes: touched,
    send: (reason: string, key) =>
      take(
        api.ingestion.POST('/api/ingestion/batches/{id}/replays', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });

export const useRunDecision = () =>
  useCommand({
    changes: touched,
    send: ({ id, ...body }: { id: string; approve: boolean; note: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/operation/runs/{id}/decision', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });

export const useRunStop = () =>
  useCommand({
    changes: touched,
    send: ({ id, reason }: { id: string; reason: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/operation/runs/{id}/stop', {
          params: { path: { id } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
