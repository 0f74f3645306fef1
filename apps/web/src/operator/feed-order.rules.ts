interface FeedFacts {
  readonly fresh: boolean;
  readonly newestReportDate?: string | null;
  readonly ageDays?: number | null;
  readonly freshnessDays: number;
  readonly qualityBp?: number | null;
}

export type FeedState = 'FRESH' | 'LATE' | 'NEVER';

export function stateOf({ fresh, newestReportDate }: FeedFacts): FeedState {
  if (!newestReportDate) return 'NEVER';
  return fresh ? 'FRESH' : 'LATE';
}

/** Share of the rows read that were set aside, in basis points. */
export const setAsideBp = ({ qualityBp }: FeedFacts): number | null =>
  qualityBp === null || qualityBp === undefined ? null : 10_000 - qualityBp;

/** Days past the promise first, then what never came, then the share that was set aside. */
export function worstFirst<Feed extends FeedFacts>(feeds: readonly Feed[]): Feed[] {
  const badness = (feed: Feed) => {
    const late = stateOf(feed) === 'LATE' ? (feed.ageDays ?? 0) - feed.freshnessDays : 0;
    const never = stateOf(feed) === 'NEVER' ? 1 : 0;
    return late * 100_000 + never * 50_000 + (setAsideBp(feed) ?? 0);
  };
  return feeds.toSorted((a, b) => badness(b) - badness(a));
}
