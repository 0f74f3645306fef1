import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components, operations } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Mapping = Schemas['AccountMappingResponse'];
export type AllowedCode = Schemas['AllowedCodeResponse'];
export type Contract = Schemas['ContractResponse'];
export type Wish = NonNullable<Schemas['MapAccountsRequest']['records']>;

export const mappingStates: readonly Mapping['state'][] = ['IN_FORCE', 'ENDED', 'REPLACED'];
export const codeStates: readonly AllowedCode['state'][] = ['IN_FORCE', 'ENDED'];

/** Feeds whose rows may name an account instead of a code; a source sees its own. */
export const useAccountFeeds = () =>
  useQuery({
    queryKey: ['contracts', 'with accounts'],
    staleTime: 300_000,
    queryFn: async () => {
      const found: Contract[] = [];
      let cursor: string | undefined;
      do {
        const page = await take(
          api.ingestion.GET('/api/ingestion/contracts', { params: { query: { limit: 100, cursor } } }),
        );
        found.push(...page.items.filter(({ accountBy }) => accountBy.length > 0));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return found;
    },
  });

type MappingQuery = NonNullable<operations['AccountController_list']['parameters']['query']>;
export type MappingFilter = Omit<MappingQuery, 'limit' | 'cursor'>;

export const loadMappings =
  (feed: string, filter: MappingFilter): Load<Mapping> =>
  (page) =>
    take(
      api.ingestion.GET('/api/ingestion/feeds/{feed}/accounts', {
        params: { path: { feed }, query: { ...page, ...filter } },
      }),
    );

/** Whose accounts are decides about rows that wait, and about records that move. */
const touched = ['accounts', 'claims', 'set-aside'];

interface Mapped {
  readonly feed: string;
  readonly body: Schemas['MapAccountsRequest'];
}

export const useMapping = () =>
  useCommand({
    changes: touched,
    send: ({ feed, body }: Mapped, key) =>
      take(
        api.ingestion.POST('/api/ingestion/feeds/{feed}/accounts', {
          params: { path: { feed } },
          body,
          headers: withKey(key),
        }),
      ),
  });

interface Ended {
  readonly feed: string;
  readonly body: Schemas['EndMappingsRequest'];
}

export const useMappingEnd = () =>
  useCommand({
    changes: touched,
    send: ({ feed, body }: Ended, key) =>
      take(
        api.ingestion.POST('/api/ingestion/feeds/{feed}/accounts/endings', {
          params: { path: { feed } },
          body,
          headers: withKey(key),
        }),
      ),
  });

export const loadAllowedCodes =
  (state: AllowedCode['state'] | undefined, uscc: string | undefined): Load<AllowedCode> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/allowed-codes', { params: { query: { ...page, state, uscc } } }));

export const useCodeEnd = () =>
  useCommand({
    changes: ['allowed-codes', 'set-aside'],
    send: ({ uscc, reason }: { uscc: string; reason: string }, key) =>
      take(
        api.ingestion.POST('/api/ingestion/allowed-codes/{uscc}/ending', {
          params: { path: { uscc } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
