/** Addresses of the lineage page: every figure of the portal leads to what it is made of by one of these. */
const path = (of: Record<string, string | number | undefined>): string => {
  const pairs = Object.entries(of).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  return `/lineage?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
};

export const recordPath = (feed: string, key: string, version?: number): string => path({ feed, key, version });

/** The latest score of an enterprise; with a code: one indicator of it. */
export const scorePath = (uscc: string, { code, score }: { code?: string; score?: string } = {}): string =>
  path({ uscc, code, score });

export const reportPath = (report: string): string => path({ report });
