import { useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components as Ingestion } from '../client/generated/ingestion.js';
import type { components as Profiling } from '../client/generated/profiling.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = Ingestion['schemas'];
export type Origin = Schemas['RecordOriginResponse'];
export type Use = Schemas['UseResponse'];
export type RestsOn = Schemas['RestsOnResponse'];
export type Brought = Schemas['BroughtResponse'];
export type HeldRecord = Schemas['RecordResponse'];
export type RecordVersion = Schemas['RecordVersionResponse'];
export type RecordColumn = Schemas['RecordColumnResponse'];
export type Conflict = Schemas['ConflictResponse'];
export type Score = Profiling['schemas']['ScoreResponse'];

export interface RecordPlace {
  readonly feed: string;
  readonly recordKey: string;
  readonly version?: number | undefined;
}

/** An operator's look is on the record: it is asked once, and not again because a window came to the front. */
const once = { staleTime: 300_000, refetchOnWindowFocus: false, retry: false } as const;

export const useOrigin = (place: RecordPlace) =>
  useQuery({
    queryKey: ['lineage', 'origin', place],
    ...once,
    queryFn: () => take(api.ingestion.GET('/api/ingestion/lineage/record', { params: { query: place } })),
  });

const versionsMax = 50;

export const useVersions = ({ feed, recordKey }: RecordPlace) =>
  useQuery({
    queryKey: ['lineage', 'versions', feed, recordKey],
    ...once,
    queryFn: () =>
      take(
        api.ingestion.GET('/api/ingestion/records/versions', {
          params: { query: { feed, recordKey, limit: versionsMax } },
        }),
      ),
  });

export const loadUses =
  (place: RecordPlace): Load<Use> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/lineage/uses', { params: { query: { ...place, ...page } } }));

export interface ScorePlace {
  readonly uscc: string;
  readonly scoreId?: string | undefined;
  readonly code?: string | undefined;
}

export const loadScore =
  (place: ScorePlace): Load<RestsOn> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/lineage/score', { params: { query: { ...place, ...page } } }));

export const loadReport =
  (queryId: string): Load<RestsOn> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/lineage/reports/{queryId}', { params: { path: { queryId }, query: page } }));

export const loadBrought =
  (id: string, line: number | undefined): Load<Brought> =>
  (page) =>
    take(
      api.ingestion.GET('/api/ingestion/lineage/batches/{id}', {
        params: { path: { id }, query: { ...page, line } },
      }),
    );

/** What was known of an enterprise at an instant, or what is known now. */
export const loadRecords =
  (uscc: string, asOf: string | undefined): Load<HeldRecord> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/records', { params: { query: { ...page, uscc, asOf } } }));

export const loadScores =
  (uscc: string): Load<Score> =>
  (page) =>
    take(api.profiling.GET('/api/profiling/enterprises/{uscc}/scores', { params: { path: { uscc }, query: page } }));

/** Computes an older score again; it changes nothing, and is sent with a key like every act. */
export const useReplay = (uscc: string) =>
  useCommand({
    send: (scoreId: string) =>
      take(
        api.profiling.POST('/api/profiling/enterprises/{uscc}/replays', {
          params: { path: { uscc } },
          body: { scoreId },
        }),
      ),
  });

export const useEnterpriseQuality = (uscc: string) =>
  useQuery({
    queryKey: ['lineage', 'quality', uscc],
    ...once,
    queryFn: () => take(api.ingestion.GET('/api/ingestion/quality/enterprises/{uscc}', { params: { path: { uscc } } })),
  });

export const loadConflicts =
  (uscc: string): Load<Conflict> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/conflicts', { params: { query: { ...page, uscc } } }));

/** Names as they are typed; short ones find too much to be of use. */
export const useEnterprises = (words: string) =>
  useQuery({
    queryKey: ['enterprises', words],
    enabled: words.length >= 2,
    placeholderData: (before) => before,
    queryFn: () =>
      take(api.profiling.GET('/api/profiling/enterprises', { params: { query: { q: words, limit: 10 } } })),
  });
