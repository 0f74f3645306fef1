interface Known {
  readonly needId: string;
}

export interface Settled<Row> {
  readonly rows: readonly { readonly lead: Row; readonly gone: boolean }[];
  /** How many have come that the reader has not been shown. */
  readonly fresh: number;
}

/** Keeps the rows that somebody is reading where they are: what is known of them is renewed, what is new is only counted. */
export function settle<Row extends Known>(held: readonly Row[], latest: readonly Row[]): Settled<Row> {
  const newest = new Map(latest.map((lead) => [lead.needId, lead]));
  const rows = held.map((lead) => ({ lead: newest.get(lead.needId) ?? lead, gone: !newest.has(lead.needId) }));
  const seen = new Set(held.map(({ needId }) => needId));
  return { rows, fresh: latest.filter(({ needId }) => !seen.has(needId)).length };
}
