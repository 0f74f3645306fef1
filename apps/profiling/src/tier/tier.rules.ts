import { addDays, type Day, type Reason } from '@app/kernel';

import { type Tier, type TierTerms, tiers, tierTerms, titleKey } from './tier-terms.rules.js';

/** A recognition as the register has it; both days belong to it, and without an end it lasts. */
export interface HeldTitle {
  readonly title: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly certificate: string | null;
}

export interface TierStanding {
  /** null: in no tier, and `reason` says why. */
  readonly tier: Tier | null;
  readonly termsVersion: string;
  readonly reason: Reason;
}

/** A tier from a day to another, both included; `until` is null while nothing ends it. */
export interface TierSpan {
  readonly tier: Tier;
  readonly since: Day;
  readonly until: Day | null;
  readonly titles: readonly string[];
}

export interface NextTier {
  readonly tier: Tier;
  /** One of these titles would do. */
  readonly anyOf: readonly string[];
  readonly reason: Reason;
}

/** Titles that are valid on the day (民法典 art. 1259: both ends count). */
export function heldOn(titles: readonly HeldTitle[], on: Day): HeldTitle[] {
  return titles.filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo));
}

/** The tier of the highest title that is valid on the day, by the mapping of that day. */
export function tierOn(titles: readonly HeldTitle[], on: Day): TierStanding {
  const terms = termsOn(on);
  const held = heldOn(titles, on).map((one) => ({ title: one.title, tier: tierOfTitle(terms, one.title) }));
  const best = held.reduce<Tier | null>((top, { tier }) => higher(top, tier), null);
  const named = held.find(({ tier }) => tier === best)?.title;
  const reason =
    best === null
      ? noTierReason(titles, on, held.length > 0)
      : { code: 'HIGHEST_TITLE', zh: `有效称号中最高：${named}`, en: `highest valid title: ${named}` };
  return { tier: best, termsVersion: terms.version, reason };
}

function tierOfTitle(terms: TierTerms, title: string): Tier | null {
  const key = titleKey(title);
  return tiers.find((tier) => terms.titles[tier].some((names) => names.includes(key))) ?? null;
}

/** What the enterprise was, is and, by the titles it already holds, will be; gaps are spans without a tier. */
export function tierSpans(titles: readonly HeldTitle[]): TierSpan[] {
  const ends = titles.flatMap(({ validTo }) => (validTo === null ? [] : [addDays(validTo, 1)]));
  const starts = [...titles.map(({ validFrom }) => validFrom), ...tierTerms.map((terms) => terms.effectiveFrom)];
  const turns = [...new Set([...starts, ...ends])].toSorted();
  const spans: TierSpan[] = [];
  for (const [index, since] of turns.entries()) {
    const { tier } = tierOn(titles, since);
    if (tier === null) continue;
    const next = turns[index + 1];
    const until = next === undefined ? null : addDays(next, -1);
    const held = heldOn(titles, since).map(({ title }) => title);
    const last = spans.at(-1);
    const continues = last && last.tier === tier && last.until !== null && addDays(last.until, 1) === since;
    if (continues) spans[spans.length - 1] = { ...last, until, titles: merged(last.titles, held) };
    if (!continues) spans.push({ tier, since, until, titles: merged([], held) });
  }
  return spans;
}

/** The step above, and what leads there. null at the top. */
export function nextTier(current: Tier | null, on: Day): NextTier | null {
  const tier = tiers[current === null ? 0 : tiers.indexOf(current) + 1];
  if (tier === undefined) return null;
  const anyOf = termsOn(on).titles[tier].map(([name]) => name);
  const list = anyOf.join('、');
  return {
    tier,
    anyOf,
    reason: {
      code: 'TITLE_MISSING',
      zh: `进入 ${tier} 需取得以下任一称号：${list}`,
      en: `${tier} needs any one of these titles: ${list}`,
    },
  };
}

/** The first day after `on` on which a title begins or has ended; null when none does. */
export function nextTurn(titles: readonly HeldTitle[], on: Day): Day | null {
  const turns = titles.flatMap(({ validFrom, validTo }) => [
    validFrom,
    ...(validTo === null ? [] : [addDays(validTo, 1)]),
  ]);
  return turns.filter((turn) => turn > on).toSorted()[0] ?? null;
}

function termsOn(on: Day): TierTerms {
  const inForce = tierTerms.find(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo === null || on <= effectiveTo),
  );
  // Before the first mapping there was no pyramid: its first reading is the best there is.
  return inForce ?? tierTerms[0]!;
}

const higher = (a: Tier | null, b: Tier | null): Tier | null => (a === null ? b : b === null || a > b ? a : b);

const merged = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].toSorted();

function noTierReason(titles: readonly HeldTitle[], on: Day, unranked: boolean): Reason {
  if (unranked)
    return { code: 'TITLES_WITHOUT_TIER', zh: '有效称号不对应任何梯次', en: 'the valid titles stand for no tier' };
  const ended = titles
    .flatMap(({ validTo }) => (validTo !== null && validTo < on ? [validTo] : []))
    .toSorted()
    .at(-1);
  if (ended !== undefined)
    return {
      code: 'TITLES_EXPIRED',
      zh: `称号均已到期（最近一项于 ${ended} 到期）`,
      en: `all titles have expired, the last on ${ended}`,
    };
  if (titles.length > 0) return { code: 'TITLES_NOT_YET_VALID', zh: '称号尚未生效', en: 'no title is valid yet' };
  return { code: 'NO_TITLE', zh: '未取得对应梯次的称号', en: 'holds no title that stands for a tier' };
}
