interface FeedFacts {
  readonly fresh: boolean;
  readonly newestReportDate?: string | null;
  readonly ageDays?: number | null;
  readonly freshnessDays: number;
  readonly qualityBp?: number | null;
  readonly batches?: number;
}

/** PROMISED: there is a contract, and no delivery was tried yet. */
export type FeedState = 'FRESH' | 'LATE' | 'NEVER' | 'PROMISED';

/** How a state looks: good, a fault, a doubt, or nothing to say yet. */
export const feedTones = { FRESH: 'good', LATE: 'bad', NEVER: 'warn', PROMISED: 'still' } as const satisfies Record<
  FeedState,
  string
>;

export function stateOf({ fresh, newestReportDate, batches }: FeedFacts): FeedState {
  if (!newestReportDate) return batches === 0 ? 'PROMISED' : 'NEVER';
  return fresh ? 'FRESH' : 'LATE';
}

/** Share of the rows read that were set aside, in basis points. */
export const setAsideBp = ({ qualityBp }: FeedFacts): number | null =>
  qualityBp === null || qualityBp === undefined ? null : 10_000 - qualityBp;

/** Days past the promise first, then what never came, then the share that was set aside; promises at the end. */
export function worstFirst<Feed extends FeedFacts>(feeds: readonly Feed[]): Feed[] {
  const badness = (feed: Feed) => {
    if (stateOf(feed) === 'PROMISED') return -1;
    const late = stateOf(feed) === 'LATE' ? (feed.ageDays ?? 0) - feed.freshnessDays : 0;
    const never = stateOf(feed) === 'NEVER' ? 1 : 0;
    return late * 100_000 + never * 50_000 + (setAsideBp(feed) ?? 0);
  };
  return feeds.toSorted((a, b) => badness(b) - badness(a));
}
