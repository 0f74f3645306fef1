import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api, take } from '../client/api.query.js';
import type { components } from '../client/generated/supervision.js';

type Schemas = components['schemas'];
export type Overview = Schemas['OverviewResponse'];
export type TileFigure = Schemas['TileResponse'];
export type Indicators = Schemas['IndicatorsResponse'];
export type Row = Schemas['IndicatorRowResponse'];
export type Measure = Indicators['measure'];
export type Unit = Indicators['unit'];
export type Figure = Schemas['FigureResponse'];

export type Dimension = 'district' | 'industry' | 'tier' | 'institution' | 'month';

export interface Selection {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly district: string | undefined;
  readonly industry: string | undefined;
  readonly tier: string | undefined;
  readonly institution: string | undefined;
}

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: () => take(api.supervision.GET('/api/supervision/overview')),
    refetchInterval: 60_000,
  });
}

/** One measure along one dimension, within the selection; a chart is not filtered by its own dimension. */
export function useIndicators(by: Dimension, measure: Measure, selection: Selection) {
  const query = { ...selection, [by]: undefined, by, measure };
  return useQuery({
    queryKey: ['indicators', query],
    queryFn: () => take(api.supervision.GET('/api/supervision/indicators', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}
