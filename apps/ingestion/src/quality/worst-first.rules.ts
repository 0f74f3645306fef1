interface Scored {
  readonly scoreBp: number | null;
}

/** Past every score: what nobody could measure yet comes last, as there is nothing to do about it. */
const unmeasured = 10_001;

export type WorstPlace = [score: number, name: string];

/** Where something stands in a list of scores: the worst first, then by name. */
export const worstPlace = ({ scoreBp }: Scored, name: string): WorstPlace => [scoreBp ?? unmeasured, name];

const isAfter = ([score, name]: WorstPlace, [otherScore, otherName]: readonly unknown[]): boolean =>
  score !== otherScore ? score > Number(otherScore) : name > String(otherName);

/** The list from a place on, the place itself left out; all of it without one. */
export function worstFirst<Item extends Scored>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  after: readonly unknown[] = [-1, ''],
): Item[] {
  return items
    .filter((item) => isAfter(worstPlace(item, nameOf(item)), after))
    .toSorted((a, b) => (isAfter(worstPlace(a, nameOf(a)), worstPlace(b, nameOf(b))) ? 1 : -1));
}
