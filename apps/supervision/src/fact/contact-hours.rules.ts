/**
 * Upper edges of the buckets of the time from grab to first contact, in hours. Fine below the one working day that a
 * bank has, coarse beyond, where only weekends and holidays lead.
 */
export const contactHourEdges = [0.5, 1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 36, 48, 72, 96, 120, 168, 240] as const;

/** Name of the open bucket above the last edge. */
export const beyondEdges = 'MORE';

/** The bucket as the rollup keeps it: its upper edge in hours, which belongs to it. */
export function bucketOf(seconds: number): string {
  const edge = contactHourEdges.find((hours) => seconds <= hours * 3_600);
  return edge === undefined ? beyondEdges : String(edge);
}

/**
 * The smallest edge within which at least half of the contacts came: true of the contacts themselves, as an
 * interpolated median would not be. Null when there are none, or when more than half lie beyond the last edge.
 */
export function medianEdge(buckets: ReadonlyMap<string, bigint>): string | null {
  const total = [...buckets.values()].reduce((sum, count) => sum + count, 0n);
  if (total === 0n) return null;
  let passed = 0n;
  for (const hours of contactHourEdges) {
    passed += buckets.get(String(hours)) ?? 0n;
    if (passed * 2n >= total) return String(hours);
  }
  return null;
}

/** The same buckets in SQL, over an expression of whole seconds. */
export const bucketSql = (seconds: string): string =>
  `case ${contactHourEdges.map((hours) => `when ${seconds} <= ${hours * 3_600} then '${hours}'`).join(' ')} else '${beyondEdges}' end`;
