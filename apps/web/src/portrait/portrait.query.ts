import { useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/profiling.js';

type Schemas = components['schemas'];
export type Portrait = Schemas['PortraitResponse'];
export type Dimension = Schemas['DimensionResponse'];
export type Indicator = Schemas['IndicatorResponse'];
export type RuleSetResult = Schemas['RuleSetResponse'];

/** A bank's look is on file: it is asked for once, and not again because a window came to the front. */
export function usePortrait(uscc: string | null | undefined, wanted = true) {
  return useQuery({
    queryKey: ['portrait', uscc],
    enabled: wanted && Boolean(uscc),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
    retry: false,
    queryFn: () => take(api.profiling.GET('/api/profiling/enterprises/{uscc}', { params: { path: { uscc: uscc! } } })),
  });
}
