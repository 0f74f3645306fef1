export const qualityItems = [
  'TAKE_UP',
  'FIRST_CONTACT_ON_TIME',
  'DECISION_ON_TIME',
  'APPROVAL',
  'FIRST_LOAN',
  'UNSECURED',
  'STARS',
  'COMPLAINTS',
] as const;
export type QualityItem = (typeof qualityItems)[number];

export const serviceGrades = ['A', 'B', 'C', 'D'] as const;
export type ServiceGrade = (typeof serviceGrades)[number];

/** How one item is scored: none of its points at `zeroBp`, all at `fullBp`, a straight line between. */
export interface ItemScheme {
  item: QualityItem;
  points: number;
  zeroBp: number;
  /** Below `zeroBp` where less is better. */
  fullBp: number;
  /** Fewer cases than this say nothing about a bank. */
  baseMin: number;
}

/** A scheme as quality_scheme keeps it, in force from a month until the next one. */
export interface Scheme {
  version: number;
  fromMonth: string;
  source: string;
  items: readonly ItemScheme[];
  /** Total in hundredths of a point from which a grade is given; below the last one it is D. */
  gradeFrom: Readonly<Record<'A' | 'B' | 'C', number>>;
  /** Fewer scored points than this give no total: a bank is not graded on a corner of its work. */
  pointsMin: number;
}

/** Part of a whole, and from how many cases: shares of cases, of money, of five stars, complaints by cases. */
export interface Measure {
  part: bigint;
  whole: bigint;
  base: number;
}

/** What is known of a bank's month; null where nothing can be known. */
export type Measures = Readonly<Record<QualityItem, Measure | null>>;

export interface ItemScore {
  item: QualityItem;
  points: number;
  zeroBp: number;
  fullBp: number;
  /** As text, as they may be whole fen. */
  part: string | null;
  whole: string | null;
  base: number;
  rateBp: number | null;
  /** Hundredths of a point; null when it is not scored. */
  earnedCenti: number | null;
  /** Why it is not scored. */
  unscored: 'UNKNOWN' | 'TOO_FEW' | null;
}

export interface Score {
  items: ItemScore[];
  /** Points of the items that were scored: the others' weight is spread over these. */
  scoredPoints: number;
  /** Of 10 000, as if all items had been scored; null when too little is known. */
  totalCenti: number | null;
  grade: ServiceGrade | null;
}

/** The score of one bank's month. */
export function scoreOf(measures: Measures, scheme: Scheme): Score {
  const items = scheme.items.map((one) => itemScore(one, measures[one.item]));
  const scored = items.filter(({ earnedCenti }) => earnedCenti !== null);
  const scoredPoints = scored.reduce((sum, { points }) => sum + points, 0);
  if (scoredPoints < scheme.pointsMin || scoredPoints === 0)
    return { items, scoredPoints, totalCenti: null, grade: null };
  const earned = scored.reduce((sum, { earnedCenti }) => sum + (earnedCenti ?? 0), 0);
  const totalCenti = divided(BigInt(earned) * 100n, BigInt(scoredPoints));
  return { items, scoredPoints, totalCenti, grade: gradeOfTotal(totalCenti, scheme) };
}

function itemScore(scheme: ItemScheme, measure: Measure | null): ItemScore {
  const { item, points, zeroBp, fullBp, baseMin } = scheme;
  const line = { item, points, zeroBp, fullBp };
  const nothing = { rateBp: null, earnedCenti: null };
  if (!measure) return { ...line, ...nothing, part: null, whole: null, base: 0, unscored: 'UNKNOWN' };
  const { part, whole, base } = measure;
  const known = { ...line, part: String(part), whole: String(whole), base };
  if (base < baseMin || whole <= 0n) return { ...known, ...nothing, unscored: 'TOO_FEW' };
  const rateBp = divided(part * 10_000n, whole);
  return { ...known, rateBp, earnedCenti: earnedOf(part, whole, scheme), unscored: null };
}

/** points × 100 × (rate − zero) / (full − zero), kept within 0 and all points; from the exact share, rounded once. */
function earnedOf(part: bigint, whole: bigint, { points, zeroBp, fullBp }: ItemScheme): number {
  const all = points * 100;
  const sign = fullBp >= zeroBp ? 1n : -1n;
  const above = sign * (part * 10_000n - BigInt(zeroBp) * whole);
  const span = sign * BigInt(fullBp - zeroBp) * whole;
  if (above <= 0n) return 0;
  return above >= span ? all : divided(BigInt(all) * above, span);
}

/** Rounded half up; both are not negative. */
const divided = (part: bigint, by: bigint): number => Number((part * 2n + by) / (by * 2n));

export function gradeOfTotal(totalCenti: number, { gradeFrom }: Pick<Scheme, 'gradeFrom'>): ServiceGrade {
  return (['A', 'B', 'C'] as const).find((grade) => totalCenti >= gradeFrom[grade]) ?? 'D';
}

/** Places by total, equal totals sharing one (1, 2, 2, 4); null without a total. */
export function ranksOf(totals: readonly (number | null)[]): (number | null)[] {
  return totals.map((total) =>
    total === null ? null : totals.filter((one) => one !== null && one > total).length + 1,
  );
}

/** The scheme in force for a month: the latest that began by then. */
export const schemeFor = (schemes: readonly Scheme[], month: string): Scheme | undefined =>
  schemes
    .filter(({ fromMonth }) => fromMonth <= month)
    .toSorted((a, b) => (a.fromMonth < b.fromMonth ? 1 : -1))
    .at(0);
