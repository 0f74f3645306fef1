import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';

import { api, take } from './api.query.js';

/** The institutions of the platform, by code: some twenty in the demo city, some two hundred in a real one. */
export function useInstitutions() {
  return useQuery({ queryKey: ['institutions'], queryFn: readAll, staleTime: 300_000 });
}

async function readAll() {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await take(
      api.identity.GET('/api/identity/institutions', { params: { query: { limit: 100, cursor } } }),
    );
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

/** The name of an institution by its code or its id; what was given while the names are on their way. */
export function useInstitutionName() {
  const { data } = useInstitutions();
  return useCallback(
    (mark: string) => data?.find(({ code, id }) => code === mark || id === mark)?.name ?? mark,
    [data],
  );
}
