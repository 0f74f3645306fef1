/** What a feed's or an enterprise's data comes to, in basis points; null where nothing is known. */
export interface ScoreParts {
  /** Rows that were not set aside. */
  valid: number | null;
  /** Fields that a contract asks for and that are there. */
  complete: number | null;
  /** Records that no finding is about. */
  consistent: number | null;
  /** 10 000 while the promise is kept, then less with every day. */
  fresh: number | null;
}

export type ScoreWeights = Record<keyof ScoreParts, number>;

export interface QualitySettings {
  effectiveFrom: string;
  source: string;
  weights: ScoreWeights;
  /** Rows of so many days back count for `valid`. */
  windowDays: number;
}

export interface FeedState {
  read: number;
  setAside: number;
  records: number;
  affected: number;
  filled: Record<string, number>;
  ageDays: number | null;
  freshnessDays: number;
}

const whole = 10_000;
const share = (part: number, all: number): number | null => (all === 0 ? null : Math.floor((part * whole) / all));

export function partsOf(state: FeedState): ScoreParts {
  const { read, setAside, records, affected, filled, ageDays, freshnessDays } = state;
  const shares = Object.values(filled).map((count) => share(count, records));
  return {
    valid: share(read - setAside, read),
    complete: shares.length === 0 || records === 0 ? null : Math.min(...shares.map((one) => one ?? 0)),
    consistent: share(records - affected, records),
    fresh: ageDays === null ? null : Math.floor((whole * freshnessDays) / Math.max(ageDays, freshnessDays)),
  };
}

/** The weighted mean of what is known; null when nothing is. */
export function scoreOf(parts: ScoreParts, weights: ScoreWeights): number | null {
  const known = (Object.keys(weights) as (keyof ScoreParts)[]).filter((part) => parts[part] !== null);
  const total = known.reduce((sum, part) => sum + weights[part], 0);
  if (total === 0) return null;
  return Math.floor(known.reduce((sum, part) => sum + weights[part] * parts[part]!, 0) / total);
}

/** Of several feeds, by their records; a feed without any counts as one. */
export function scoreOfFeeds(feeds: readonly { score: number | null; records: number }[]): number | null {
  const known = feeds.filter((feed) => feed.score !== null);
  const total = known.reduce((sum, { records }) => sum + Math.max(records, 1), 0);
  if (total === 0) return null;
  return Math.floor(known.reduce((sum, { score, records }) => sum + score! * Math.max(records, 1), 0) / total);
}
