export const measures = ['rows', 'aside', 'score', 'fresh'] as const;
export type Measure = (typeof measures)[number];

interface DayFacts {
  readonly read: number;
  readonly setAside: number;
  readonly scoreBp?: number | null;
  readonly fresh?: boolean | null;
}

/** What a measure says about a feed on one day; null where there is nothing to say. */
export function figureOf(measure: Measure, { read, setAside, scoreBp, fresh }: DayFacts): number | null {
  if (measure === 'rows') return read > 0 ? read : null;
  if (measure === 'aside') return read > 0 ? Math.round((setAside * 10_000) / read) : null;
  if (measure === 'score') return scoreBp ?? null;
  return fresh === null || fresh === undefined ? null : Number(!fresh);
}

/** How deep a tile is, from 0 to 1: rows and shares on a scale that lets small ones show beside large ones. */
export function depthOf(measure: Measure, figure: number): number {
  if (measure === 'fresh') return figure;
  if (measure === 'score') return Math.min((10_000 - figure) / 3_000, 1);
  const full = measure === 'rows' ? 100_000 : 10_000;
  return Math.min(Math.log10(figure + 1) / Math.log10(full), 1);
}
