import type { SafetyScheme } from './safety-scheme.rules.js';

export const anomalyKinds = ['FAST_GRABS', 'HOARDING', 'ALTERNATION', 'EQUAL_OFFERS'] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];

export interface GrabTrace {
  grabId: string;
  needId: string;
  institutionCode: string;
  managerId: string;
  /** From when this bank could grab it; null where a lot decided. */
  openedAt: Date | null;
  grabbedAt: Date;
  contactBy: Date;
  contactedAt: Date | null;
  /** When the bank left its place by itself or lost it by its own fault; null otherwise. */
  leftAt: Date | null;
}

export interface OfferTrace {
  needId: string;
  institutionCode: string;
  amountFen: string;
  annualRateBp: number;
  termMonths: number;
}

/** Something odd, with what shows it. No enterprise is in it: ids of needs and grabs, codes of banks, counts. */
export interface Finding<K extends string = AnomalyKind> {
  kind: K;
  /** What it is about: the same oddity has the same subject. */
  subject: string;
  institutions: string[];
  /** Ids that show it; what an operator has explained is not shown again without new ones. */
  ids: string[];
  /** So many new ids make it worth another look. */
  least: number;
  figures: Record<string, number | string>;
}

export interface Traces {
  grabs: readonly GrabTrace[];
  offers: readonly OfferTrace[];
}

/** One look each, for who has to let others go on between them: a month of a city is tens of thousands of rows. */
export const looks: readonly ((traces: Traces, scheme: SafetyScheme, now: Date) => Finding[])[] = [
  ({ grabs }, scheme) => fastGrabs(grabs, scheme),
  ({ grabs }, scheme, now) => hoarding(grabs, scheme, now),
  ({ grabs }, scheme) => alternation(grabs, scheme),
  ({ offers }, scheme) => equalOffers(offers, scheme),
];

export const anomalies = (
  grabs: readonly GrabTrace[],
  offers: readonly OfferTrace[],
  scheme: SafetyScheme,
  now: Date,
): Finding[] => looks.flatMap((look) => look({ grabs, offers }, scheme, now));

/** A manager who takes places faster than a person reads, again and again: a script. */
export function fastGrabs(grabs: readonly GrabTrace[], { fastSeconds, fastTimes }: SafetyScheme): Finding[] {
  const fast = grabs.filter(({ openedAt, grabbedAt }) => openedAt !== null && within(openedAt, grabbedAt, fastSeconds));
  return [...Map.groupBy(fast, ({ managerId }) => managerId)]
    .filter(([, own]) => own.length >= fastTimes)
    .map(([managerId, own]) => ({
      kind: 'FAST_GRABS',
      subject: managerId,
      institutions: unique(own.map(({ institutionCode }) => institutionCode)),
      ids: own.map(({ grabId }) => grabId),
      least: fastTimes,
      figures: { grabs: own.length, fastSeconds, fastestMs: Math.min(...own.map(delayMs)) },
    }));
}

/** A bank that takes many places and calls few of the enterprises in time. */
export function hoarding(
  grabs: readonly GrabTrace[],
  { hoardingGrabs, hoardingContactBp }: SafetyScheme,
  now: Date,
): Finding[] {
  const due = grabs.filter(({ contactBy, contactedAt }) => contactBy <= now || contactedAt !== null);
  return [...Map.groupBy(due, ({ institutionCode }) => institutionCode)].flatMap(([code, own]) => {
    const missed = own.filter(({ contactedAt, contactBy }) => contactedAt === null || contactedAt > contactBy);
    const inTimeBp = Math.floor(((own.length - missed.length) * 10_000) / own.length);
    if (own.length < hoardingGrabs || inTimeBp >= hoardingContactBp) return [];
    const ids = missed.map(({ grabId }) => grabId);
    const figures = { grabs: own.length, missed: missed.length, inTimeBp };
    return [{ kind: 'HOARDING' as const, subject: code, institutions: [code], ids, least: hoardingGrabs / 2, figures }];
  });
}

/** Two banks that hand places to each other: one leaves, the other is there within minutes, in both directions. */
export function alternation(grabs: readonly GrabTrace[], scheme: SafetyScheme): Finding[] {
  const { alternationMinutes, alternationTimes } = scheme;
  const turns = new Map<string, { from: string; ids: string[] }[]>();
  const touched = new Set(grabs.filter(({ leftAt }) => leftAt !== null).map(({ needId }) => needId));
  for (const [left, next] of orderedPairs(grabs.filter(({ needId }) => touched.has(needId)))) {
    if (!left.leftAt || !within(left.leftAt, next.grabbedAt, alternationMinutes * 60)) continue;
    const pair = pairOf(left.institutionCode, next.institutionCode);
    turns.set(pair, [...(turns.get(pair) ?? []), { from: left.institutionCode, ids: [left.grabId, next.grabId] }]);
  }
  return [...turns]
    .filter(([, own]) => own.length >= alternationTimes && new Set(own.map(({ from }) => from)).size === 2)
    .map(([pair, own]) => ({
      kind: 'ALTERNATION',
      subject: pair,
      institutions: pair.split(' '),
      ids: unique(own.flatMap(({ ids }) => ids)),
      least: alternationTimes,
      figures: { turns: own.length, alternationMinutes },
    }));
}

/** Two banks whose offers are the same, need after need: they may have agreed on them. */
export function equalOffers(offers: readonly OfferTrace[], scheme: SafetyScheme): Finding[] {
  const pairs = new Map<string, { together: number; equal: string[] }>();
  for (const [one, other] of orderedPairs(offers)) {
    // Each pair comes in both orders; one of them is enough.
    if (one.institutionCode > other.institutionCode) continue;
    const pair = pairOf(one.institutionCode, other.institutionCode);
    const seen = pairs.get(pair) ?? { together: 0, equal: [] };
    const equal = termsOf(one) === termsOf(other) ? [...seen.equal, one.needId] : seen.equal;
    pairs.set(pair, { together: seen.together + 1, equal });
  }
  return [...pairs]
    .filter(([, { together, equal }]) => isMuchAlike(equal.length, together, scheme))
    .map(([pair, { together, equal }]) => ({
      kind: 'EQUAL_OFFERS',
      subject: pair,
      institutions: pair.split(' '),
      ids: equal,
      least: scheme.equalOfferNeeds,
      figures: { needs: together, equal: equal.length },
    }));
}

/** Every two rows of different banks on one need, in both orders. A need has few places, so that these are few. */
function orderedPairs<R extends { needId: string; institutionCode: string }>(rows: readonly R[]): [R, R][] {
  return [...Map.groupBy(rows, ({ needId }) => needId).values()].flatMap((ofNeed) =>
    ofNeed.flatMap((one) =>
      ofNeed.filter((other) => other.institutionCode !== one.institutionCode).map((other): [R, R] => [one, other]),
    ),
  );
}

const isMuchAlike = (equal: number, together: number, { equalOfferNeeds, equalOfferBp }: SafetyScheme): boolean =>
  equal >= equalOfferNeeds && equal * 10_000 >= together * equalOfferBp;

const termsOf = ({ amountFen, annualRateBp, termMonths }: OfferTrace): string =>
  `${amountFen} ${annualRateBp} ${termMonths}`;
const delayMs = ({ openedAt, grabbedAt }: GrabTrace): number => grabbedAt.getTime() - (openedAt ?? grabbedAt).getTime();
const within = (from: Date, to: Date, seconds: number): boolean =>
  to.getTime() >= from.getTime() && to.getTime() - from.getTime() <= seconds * 1_000;
const pairOf = (a: string, b: string): string => [a, b].toSorted().join(' ');
const unique = (list: readonly string[]): string[] => [...new Set(list)];
