import { addDays, monthOf } from '@app/kernel';

import { type CutDimension, dayCut, monthCut } from '../margin/cut.rules.js';
import type { Dimension, Filter } from './measure.rules.js';
import type { Period } from './period.rules.js';

/** What the rows of an answer are: a dimension, or the month so far (up to a date) and its rest. */
export type Along = Dimension | { upToDate: number };

export interface Cut {
  by: Along;
  period: Period;
  /** Values as they are kept: '' where one is not known. */
  only: Partial<Record<Filter, string>>;
}

/** One margin of the table over the rows and the filters, and where it is kept. */
export interface Margin {
  /** Its axes among those of the table: 0 is the rows, then come the filters. */
  places: readonly number[];
  /** The dimension of each of them. */
  along: readonly CutDimension[];
  cut: string;
}

const isWholeMonths = ({ from, to }: Period): boolean => from.endsWith('-01') && addDays(to, 1).endsWith('-01');
const isWithinMonth = ({ from, to }: Period): boolean => monthOf(from) === monthOf(to);

/** By day, or up to a date of the month: what the cut by day answers. */
export const isByDay = (by: Along): boolean => typeof by !== 'string' || by === 'day';
export const isInTime = (by: Along): boolean => isByDay(by) || by === 'month';

/**
 * Where the margins of a table are kept, all of them; undefined where one is not, or where the period cuts through a
 * month: then the table is counted in the facts.
 */
export function marginsOf({ by, period, only }: Cut): Margin[] | undefined {
  if (isByDay(by)) return marginsByDay({ by, period, only });
  if (!isWholeMonths(period)) return undefined;
  const axes = [...(by === 'month' ? [] : [by as CutDimension]), ...(Object.keys(only) as Filter[])];
  const first = by === 'month' ? 1 : 0;
  const found: Margin[] = [];
  for (const places of subsetsOf(axes.length)) {
    const along = places.map((place) => axes[place]!);
    const cut = monthCut(along);
    if (cut === undefined) return undefined;
    found.push({ places: places.map((place) => place + first), along, cut });
  }
  return found;
}

/** Only the city's days are kept. Beyond a month the enterprises of all days together are those of the months. */
function marginsByDay({ by, period, only }: Cut): Margin[] | undefined {
  if (Object.keys(only).length > 0) return undefined;
  // Dates are those of one month, counted from its first.
  if (typeof by !== 'string' && !(isWithinMonth(period) && period.from.endsWith('-01'))) return undefined;
  if (isWithinMonth(period)) return [{ places: [], along: [], cut: dayCut }];
  const cut = monthCut([]);
  return isWholeMonths(period) && cut !== undefined ? [{ places: [], along: [], cut }] : undefined;
}

/** All subsets of the first numbers, the empty one first. */
function subsetsOf(count: number): number[][] {
  const all: number[][] = [[]];
  for (let next = 0; next < count; next += 1) all.push(...all.map((subset) => [...subset, next]));
  return all;
}
