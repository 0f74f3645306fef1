export interface Source {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly feeds: readonly Feed[];
}

interface Feed {
  readonly feed: string;
  readonly title: string;
  readonly basis: Basis;
  readonly allowedUse: string;
}

export const bases = ['PUBLIC', 'DUTY', 'AUTHORISED'] as const;
export type Basis = (typeof bases)[number];

/** A feed and all who supply it. */
export interface Collected extends Feed {
  readonly sources: readonly string[];
  readonly codes: readonly string[];
  readonly kinds: readonly string[];
}

/** What is collected, each feed once in the order of its first source: several sources may supply the same one. */
export function collectedOf(sources: readonly Source[]): Collected[] {
  const byFeed = new Map<string, Collected>();
  for (const { code, name, kind, feeds } of sources)
    for (const feed of feeds) {
      const known = byFeed.get(feed.feed);
      byFeed.set(feed.feed, {
        ...feed,
        sources: [...(known?.sources ?? []), name],
        codes: [...(known?.codes ?? []), code],
        kinds: [...new Set([...(known?.kinds ?? []), kind])],
      });
    }
  return [...byFeed.values()];
}

/** Those of a basis that say the words somewhere in their names; without words or basis all of them. */
export function found(collected: readonly Collected[], words: string, basis: Basis | undefined): Collected[] {
  const wanted = words.trim().toLowerCase();
  return collected.filter(
    (one) =>
      (basis === undefined || one.basis === basis) &&
      [one.title, one.feed, ...one.sources].some((name) => name.toLowerCase().includes(wanted)),
  );
}
