/** The parts of a batch that tell how much came of a feed, and when. */
export interface Delivery {
  readonly feed: string;
  readonly receivedAt: string;
  readonly read: number;
}

export interface Volume {
  readonly last: number;
  /** Median of the deliveries before; null with fewer than three of them. */
  readonly usual: number | null;
}

/** The newest delivery of a feed against its usual; `deliveries` are newest first. */
export function volumeOf(deliveries: readonly Delivery[], feed: string): Volume | null {
  const [last, ...before] = deliveries.filter((one) => one.feed === feed && one.read > 0).map(({ read }) => read);
  if (last === undefined) return null;
  return { last, usual: before.length < 3 ? null : median(before) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return Math.round((low + high) / 2);
}
