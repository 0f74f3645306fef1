import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type SetAside = Schemas['SetAsideResponse'];
export type RowLook = Schemas['RowLookResponse'];
export type RowAct = Schemas['RowActResponse'];
export type Reason = Schemas['ReasonResponse'];
export type Act = Schemas['ActResponse'];
export type Settle = Schemas['SettleRowsRequest'];

export const rowStates: readonly SetAside['state'][] = ['OPEN', 'PROPOSED', 'SETTLED'];
export const actStates: readonly Act['state'][] = ['PROPOSED', 'SETTLED', 'REJECTED'];

export interface SetAsideFilter {
  readonly feed: string | undefined;
  readonly state: SetAside['state'] | undefined;
  readonly kind: SetAside['kind'] | undefined;
}

export const loadSetAside =
  (filter: SetAsideFilter): Load<SetAside> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/quarantine', { params: { query: { ...page, ...filter } } }));

export const loadReasons =
  (feed: string | undefined): Load<Reason> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/quarantine/reasons', { params: { query: { ...page, feed } } }));

export const loadActs =
  (state: Act['state'] | undefined): Load<Act> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/quarantine/acts', { params: { query: { ...page, state } } }));

export function useRow({ batchId, lineNumber }: Pick<SetAside, 'batchId' | 'lineNumber'>) {
  return useQuery({
    queryKey: ['set-aside', 'row', batchId, lineNumber],
    queryFn: () =>
      take(
        api.ingestion.GET('/api/ingestion/quarantine/rows/{batchId}/{line}', {
          params: { path: { batchId, line: lineNumber } },
        }),
      ),
    // What came of a row that left shows by itself: its delivery takes a moment.
    refetchInterval: ({ state: { data } }) => (data?.acts.some(isUnderWay) ? 2_000 : false),
  });
}

const isUnderWay = ({ kind, state, outcome }: RowAct): boolean =>
  kind !== 'DISMISSAL' && state === 'SETTLED' && outcome === null;

const touched = ['set-aside', 'batches'];

/** Mended rows leave as a delivery of their own; the same checks meet them there. */
export const useResubmission = () =>
  useCommand({
    changes: touched,
    send: (body: Settle, key) =>
      take(api.ingestion.POST('/api/ingestion/quarantine/resubmissions', { body, headers: withKey(key) })),
  });

export const useDismissal = () =>
  useCommand({
    changes: touched,
    send: (body: Settle, key) =>
      take(api.ingestion.POST('/api/ingestion/quarantine/dismissals', { body, headers: withKey(key) })),
  });

/** Proposes to take rows as they are; a second person decides. */
export const useAcceptance = () =>
  useCommand({
    changes: touched,
    send: (body: Settle, key) =>
      take(api.ingestion.POST('/api/ingestion/quarantine/acceptances', { body, headers: withKey(key) })),
  });

/** Lets a code pass whose check character is wrong, in every delivery from now on. */
export const useAllowedCode = () =>
  useCommand({
    changes: [...touched, 'allowed-codes'],
    send: (body: { uscc: string; reason: string }, key) =>
      take(api.ingestion.POST('/api/ingestion/allowed-codes', { body, headers: withKey(key) })),
  });

export const useActDecision = () =>
  useCommand({
    changes: touched,
    send: ({ id, ...body }: { id: string; approve: boolean; note: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/quarantine/acts/{id}/decision', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
